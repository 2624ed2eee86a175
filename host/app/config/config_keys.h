#pragma once

/// \file
/// The host's own configuration keys: the one table from which parsing, the check for unknown keys,
/// the help text and the documentation's test come.

#include <span>
#include <string>
#include <string_view>

namespace mediadock {

/// One configuration key. All strings are static.
struct ConfigKey {
  const char* name;
  /// What holds where the key is not set or empty.
  const char* defaultValue;
  const char* help;
  /// Never shown; `NAME_file` may name a file that holds it.
  bool isSecret = false;
};

/// The keys that every host knows. A provider adds those of its descriptor, below
/// `storage.PROVIDER.`.
std::span<const ConfigKey> hostKeys() noexcept;

/// The environment's name of a key: `MEDIADOCK_A_B_C` for `a.b_c`.
std::string environmentName(std::string_view key);

}  // namespace mediadock
