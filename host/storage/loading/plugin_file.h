#pragma once

/// \file
/// Checks on a plugin's file before any of its code may run.

#include <filesystem>
#include <optional>
#include <string>
#include <sys/types.h>

namespace mediadock::storage {

/// The provider name in a file name `libmediadock_NAME.so`; nullopt for any other file name. Does
/// not access the file.
std::optional<std::string> pluginNameOf(const std::filesystem::path& file);

/// Why a process that runs as `us` cannot trust a file or folder with this owner and mode; nullopt
/// if it can. Guards against accidents: others must not be able to put code into our process.
std::optional<std::string> trustProblem(uid_t owner, mode_t mode, uid_t us);

/// Checks that `file` is an absolute path to a readable, regular file, that nobody except root and
/// us can change the file or its folder, and that nobody else can change where the path leads; see
/// `resolveTrusted`.
/// \return the path with symbolic links resolved
/// \throws StorageError `ConfigInvalid`, saying what was expected and what was found.
std::filesystem::path checkPluginFile(const std::filesystem::path& file);

/// Throws `StorageError` `ConfigInvalid` with the reason why the plugin in `file` is not used.
[[noreturn]] void refusePlugin(const std::filesystem::path& file, const std::string& reason);

}  // namespace mediadock::storage
