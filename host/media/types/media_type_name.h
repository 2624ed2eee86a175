#pragma once

/// \file
/// Canonical names of media types.

#include <string>
#include <string_view>

namespace mediadock::media {

/// `type` in lower case, without parameters, and with aliases mapped to one name: for example
/// `application/x-msdownload` and the other names for Windows executables.
std::string canonicalMediaType(std::string_view type);

}  // namespace mediadock::media
