#pragma once

/// \file
/// One spelling for each media type.

#include <string>
#include <string_view>

namespace mediadock {

/// `type` in lower case, without parameters, and under one name where it goes by several:
/// `application/x-msdownload` and what else Windows programs are called, say.
std::string canonicalMediaType(std::string_view type);

}  // namespace mediadock
