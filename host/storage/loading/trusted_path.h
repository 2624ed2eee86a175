#pragma once

/// \file
/// Follows a path as the kernel does, and looks at who may change where it leads.

#include <filesystem>

namespace mediadock {

/// The path of `file` without symbolic links. Each folder on the way, those of links included, must
/// keep others from putting something else into the way: a folder that the group or all may write
/// to is only passed through where it is sticky, or its group is root's or the caller's own, and no
/// link in such a folder is followed. A link belongs to root or to us.
/// \pre `file` is absolute.
/// \throws StorageError `ConfigInvalid` that says what is wrong with which folder or link.
std::filesystem::path resolveTrusted(const std::filesystem::path& file);

}  // namespace mediadock
