#pragma once

/// \file
/// API keys: secrets of programs, of which only digests are kept.

#include "http/exchange/caller.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock {

/// Immutable; safe to share between threads.
class ApiKeys {
 public:
  /// Knows no key.
  ApiKeys() = default;

  /// Reads lines `name:sha256-hex:scopes[:path-prefix]`, the scopes separated by commas or spaces.
  /// Empty lines and those that begin with `#` are passed over. Several keys may have one name, so
  /// that a new one can come before the old one goes.
  /// \throws StorageError `ConfigInvalid`, naming the line.
  static ApiKeys parse(std::string_view text);

  bool isEmpty() const noexcept { return keys_.empty(); }

  /// The caller whose key this is; nothing where it is nobody's. Takes as long for a key that is
  /// almost right as for any other.
  std::optional<Caller> find(std::string_view key) const;

 private:
  struct Key {
    /// Lower-case hex.
    std::string digest;
    Caller caller;
  };

  static Key parseLine(std::string_view line);

  std::vector<Key> keys_;
};

}  // namespace mediadock
