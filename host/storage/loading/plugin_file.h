#pragma once

/// \file
/// What must hold of a plugin's file before any of its code may run.

#include <filesystem>
#include <optional>
#include <string>
#include <sys/types.h>

namespace mediadock {

/// The provider that a file called `libmediadock_NAME.so` claims to hold; nothing for any other
/// file name. Looks at the name only.
std::optional<std::string> pluginNameOf(const std::filesystem::path& file);

/// Why a file or folder with this owner and mode cannot be trusted by a process that runs as `us`,
/// or nothing. Guards against accidents: others must not be able to put code into our process.
std::optional<std::string> trustProblem(uid_t owner, mode_t mode, uid_t us);

/// Checks that `file` is an absolute path to a readable, regular file which, like its folder,
/// nobody but root and ourselves can change, and that nobody else can change where the path leads;
/// see `resolveTrusted`.
/// \return the path with symbolic links resolved
/// \throws StorageError `ConfigInvalid`, saying what was expected and what was found.
std::filesystem::path checkPluginFile(const std::filesystem::path& file);

/// Throws the `StorageError` `ConfigInvalid` that says why the plugin in `file` is not used.
[[noreturn]] void refusePlugin(const std::filesystem::path& file, const std::string& reason);

}  // namespace mediadock
