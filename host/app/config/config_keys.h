#pragma once

/// \file
/// The table of the host's own configuration keys. Parsing, the check for unknown keys, the help
/// text and the test of the documentation all use it.

#include <span>
#include <string>
#include <string_view>

namespace mediadock::app {

/// One configuration key. Pointers are to static text.
struct ConfigKey {
  const char* name;
  /// The value if the key is unset or empty.
  std::string defaultValue;
  const char* help;
  /// Never shown; `NAME_file` may name a file that contains it.
  bool isSecret = false;
};

/// The keys that every host has. A provider adds those of its descriptor, below
/// `storage.PROVIDER.`.
std::span<const ConfigKey> hostKeys();

/// The environment variable for a key: `MEDIADOCK_A_B_C` for `a.b_c`.
std::string environmentName(std::string_view key);

}  // namespace mediadock::app
