#pragma once

/// \file
/// Reads a configuration file in any of the formats that Poco::Util supports.

#include "app/config/config_layers.h"

#include <filesystem>

namespace mediadock::app {

/// Reads `.properties`, `.json`, `.xml` or `.ini`, according to the file name's extension. Values
/// are taken literally: `${...}` is not expanded.
/// \throws StorageError `ConfigInvalid` naming the file, if it cannot be read or parsed.
ConfigLayer readConfigFile(const std::filesystem::path& file);

}  // namespace mediadock::app
