#pragma once

/// \file
/// Resolves a path as the kernel does, and checks who may change where it leads.

#include <filesystem>

namespace mediadock::storage {

/// The path of `file` with symbolic links resolved. In no folder along the way, including those
/// that links lead through, may others be able to replace an entry: a folder writable by group or
/// all is accepted only if it is sticky, or its group is root's or the caller's own, and no link in
/// such a folder is followed. Links must belong to root or to us.
/// \pre `file` is absolute.
/// \throws StorageError `ConfigInvalid` that says what is wrong with which folder or link.
std::filesystem::path resolveTrusted(const std::filesystem::path& file);

}  // namespace mediadock::storage
