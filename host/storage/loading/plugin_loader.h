#pragma once

/// \file
/// Loads a plugin file and returns its checked descriptor. The only user of Boost.DLL.

#include "mediadock/plugin.h"

#include <filesystem>

namespace mediadock::storage {

/// Loads the plugin in `file` and returns its descriptor, fully checked before any function in it
/// is called. The library then stays loaded until the process ends, so that no object, stream,
/// exception or string of it can outlive its code; loading it again is cheap.
///
/// The file's static initialisers run before the descriptor can be read: a plugin has all rights of
/// the process, and the only protection is the check of its file's owner and mode.
///
/// Thread-safe.
/// \throws StorageError `ConfigInvalid`; each kind of mismatch has its own message with what was
///   expected and what was found.
const PluginDescriptor& loadPlugin(const std::filesystem::path& file);

}  // namespace mediadock::storage
