#pragma once

/// \file
/// A provider's own section of the configuration file.

#include "mediadock/export.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace mediadock {

/// Keys (without the prefix `storage.NAME.`) and their values as text. The host has rejected
/// unknown keys and read `*_file` secrets, but has not filled in defaults: those are up to the
/// plugin.
///
/// Immutable, hence thread-safe. The getters throw `StorageError` with `ConfigInvalid`; the message
/// names the key, never the value of a secret.
class MEDIADOCK_CORE_EXPORT Settings {
 public:
  using Values = std::map<std::string, std::string, std::less<>>;

  Settings() = default;
  explicit Settings(Values values);

  /// The text of `key`; `fallback` if it is not set or empty.
  std::string text(std::string_view key, std::string_view fallback = "") const;

  /// A whole number within [`min`, `max`].
  std::int64_t integer(std::string_view key, std::int64_t fallback, std::int64_t min,
                       std::int64_t max) const;

  /// `true` or `false`.
  bool flag(std::string_view key, bool fallback) const;

  /// Whole or decimal seconds, such as `5` or `0.5`; not negative.
  std::chrono::milliseconds seconds(std::string_view key, std::chrono::milliseconds fallback) const;

  const Values& values() const noexcept { return values_; }

 private:
  std::optional<std::string_view> find(std::string_view key) const;

  Values values_;
};

}  // namespace mediadock
