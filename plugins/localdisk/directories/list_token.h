#pragma once

/// \file
/// The opaque token that leads from one page of a listing to the next.

#include "mediadock/storage_path.h"

#include <optional>
#include <string>
#include <string_view>

namespace mediadock::localdisk {

/// A token meaning that the page of the directory at `path` ended with `lastName`.
std::string makeListToken(const StoragePath& path, std::string_view lastName);

/// The name in a token for the same directory; nullopt for any other text.
std::optional<std::string> parseListToken(const StoragePath& path, std::string_view token);

}  // namespace mediadock::localdisk
