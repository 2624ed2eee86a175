#pragma once

/// \file
/// Typed access to the host's own configuration values.

#include "app/config/config_layers.h"
#include "mediadock/settings.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock::app {

/// One getter per type. All throw StorageError `ConfigInvalid` that names the key and, if it was
/// given, its source.
class HostValues {
 public:
  explicit HostValues(const ConfigLayers& layers);

  std::string text(const std::string& key) const { return texts_.text(key); }

  bool isSet(const std::string& key) const { return !text(key).empty(); }

  std::int64_t integer(const std::string& key, std::int64_t min, std::int64_t max) const;

  /// Between one second and one day.
  std::chrono::seconds seconds(const std::string& key) const;

  bool flag(const std::string& key) const;

  template <typename Value>
  Value choice(const std::string& key, const std::map<std::string, Value>& choices) const {
    if (const auto found = choices.find(text(key)); found != choices.end()) {
      return found->second;
    }
    std::string words;
    for (const auto& [word, value] : choices) {
      words += (words.empty() ? "" : ", ") + word;
    }
    refuse(key, "setting '" + key + "' must be one of: " + words);
  }

  /// Applies `parse` to each comma-separated entry; it throws std::invalid_argument for an invalid
  /// one.
  template <typename Parse>
  auto list(const std::string& key, Parse parse) const {
    std::vector<decltype(parse(std::string_view()))> entries;
    for (const std::string& member : members(key)) {
      try {
        entries.push_back(parse(member));
      } catch (const std::invalid_argument& error) {
        refuse(key, "setting '" + key + "': " + error.what());
      }
    }
    return entries;
  }

  /// Throws with the reason and the source of `key`.
  [[noreturn]] void refuse(const std::string& key, const std::string& reason) const;

 private:
  /// The entries between the commas, trimmed.
  std::vector<std::string> members(const std::string& key) const;

  ResolvedValues given_;
  Settings texts_;
};

}  // namespace mediadock::app
