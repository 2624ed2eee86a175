#pragma once

/// \file
/// The opaque text that leads from one page of a listing to the next.

#include "mediadock/storage_path.h"

#include <optional>
#include <string>
#include <string_view>

namespace mediadock {

/// A token saying that the page of the directory at `path` ended with `lastName`.
std::string makeListToken(const StoragePath& path, std::string_view lastName);

/// The name in a token that was made for the same directory; nothing for any other text.
std::optional<std::string> parseListToken(const StoragePath& path, std::string_view token);

}  // namespace mediadock
