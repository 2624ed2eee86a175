#pragma once

/// \file
/// Which names come in from outside, and which stay hidden.

#include "mediadock/storage_path.h"

#include <string>
#include <string_view>

namespace mediadock {

/// Drops the controls that turn the direction of writing (U+061C, U+200E, U+200F, U+202A–U+202E,
/// U+2066–U+2069), with which `photo<U+202E>gpj.exe` is shown as `photoexe.jpg`.
/// \throws StorageError `InvalidPath` where the rest is no valid name or a reserved one.
std::string cleanFileName(std::string_view name);

/// Whether `name` is one of ours (`.mediadock-…`): a temporary file that nobody is to see.
bool isReservedName(std::string_view name) noexcept;

/// Whether a segment of `path` is reserved.
bool isReserved(const StoragePath& path) noexcept;

/// \throws StorageError `InvalidPath` where a segment of `path` is reserved.
void requireUsable(const StoragePath& path);

}  // namespace mediadock
