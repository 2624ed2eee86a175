#pragma once

/// \file
/// A provider's own section of the configuration.

#include "mediadock/export.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace mediadock {

/// Keys (without the `storage.NAME.` before them) and their values as text. The host has refused
/// unknown keys, has read `*_file` secrets and has filled in nothing: defaults are the plugin's.
///
/// Immutable after construction; safe to share between threads. The getters throw `StorageError`
/// `ConfigInvalid` that names the key, never a secret's value.
class MEDIADOCK_CORE_EXPORT Settings {
 public:
  using Values = std::map<std::string, std::string, std::less<>>;

  Settings() = default;
  explicit Settings(Values values);

  /// The text of `key`; `fallback` where it is not set or empty.
  std::string text(std::string_view key, std::string_view fallback = "") const;

  /// A whole number within [`min`, `max`].
  std::int64_t integer(std::string_view key, std::int64_t fallback, std::int64_t min,
                       std::int64_t max) const;

  /// `true` or `false`.
  bool flag(std::string_view key, bool fallback) const;

  /// Whole or decimal seconds, such as `5` or `0.5`, not negative.
  std::chrono::milliseconds seconds(std::string_view key, std::chrono::milliseconds fallback) const;

  const Values& values() const noexcept { return values_; }

 private:
  std::optional<std::string_view> find(std::string_view key) const;

  Values values_;
};

}  // namespace mediadock
