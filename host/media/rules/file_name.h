#pragma once

/// \file
/// Which file names are accepted from clients, and which are hidden.

#include "mediadock/storage_path.h"

#include <string>
#include <string_view>

namespace mediadock::media {

/// Removes bidirectional control characters (U+061C, U+200E, U+200F, U+202A–U+202E, U+2066–U+2069),
/// with which `photo<U+202E>gpj.exe` is displayed as `photoexe.jpg`.
/// \throws StorageError `InvalidPath` if the rest is not a valid name, or is reserved.
std::string cleanFileName(std::string_view name);

/// Whether `name` is reserved (`.mediadock-…`): a temporary file that is never shown.
bool isReservedName(std::string_view name) noexcept;

/// Whether any segment of `path` is reserved.
bool isReserved(const StoragePath& path) noexcept;

/// \throws StorageError `InvalidPath` if any segment of `path` is reserved.
void requireUsable(const StoragePath& path);

}  // namespace mediadock::media
