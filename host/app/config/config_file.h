#pragma once

/// \file
/// Reading a configuration file in any of the formats that Poco::Util knows.

#include "app/config/config_layers.h"

#include <filesystem>

namespace mediadock {

/// Reads `.properties`, `.json`, `.xml` or `.ini`, told by the name's extension. Values are taken
/// as they stand: `${...}` is not expanded.
/// \throws StorageError `ConfigInvalid` naming the file, where it cannot be read or parsed.
ConfigLayer readConfigFile(const std::filesystem::path& file);

}  // namespace mediadock
