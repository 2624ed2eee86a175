#pragma once

/// \file
/// From a file to a plugin descriptor that fits this host. The only user of Boost.DLL.

#include "mediadock/plugin.h"

#include <filesystem>

namespace mediadock {

/// Loads the plugin in `file` and returns its descriptor, checked in every respect before anything
/// of it is called. The library then stays in the process until its end, so that no object,
/// stream, exception or string of it can outlive its code; loading it again costs nothing.
///
/// The file's static initialisers run before the descriptor can be read: a plugin has all rights
/// of the process, and only its file's owner and mode speak for it.
///
/// Safe to call from any thread.
/// \throws StorageError `ConfigInvalid`; each way not to fit has its own sentence that names what
///   was expected and what was found.
const PluginDescriptor& loadPlugin(const std::filesystem::path& file);

}  // namespace mediadock
