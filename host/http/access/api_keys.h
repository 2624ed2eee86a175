#pragma once

/// \file
/// API keys of programs; only their digests are stored.

#include "http/exchange/caller.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock::http {

/// Immutable, so thread-safe.
class ApiKeys {
 public:
  /// Contains no keys.
  ApiKeys() = default;

  /// Reads lines `name:sha256-hex:scopes[:path-prefix]`, the scopes separated by commas or spaces.
  /// Empty lines and those that begin with `#` are ignored. Several keys may share a name, so that
  /// a key can be rotated without a gap.
  /// \throws StorageError `ConfigInvalid`, naming the line.
  static ApiKeys parse(std::string_view text);

  bool isEmpty() const noexcept { return keys_.empty(); }

  /// The caller that owns `key`; nullopt if none does. The time does not depend on how much of
  /// `key` is right.
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

}  // namespace mediadock::http
