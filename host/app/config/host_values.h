#pragma once

/// \file
/// The host's own values, typed.

#include "app/config/config_layers.h"
#include "mediadock/settings.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock {

/// A getter for each type. All throw StorageError `ConfigInvalid` that names the key and, where it
/// was given, its source.
class HostValues {
 public:
  explicit HostValues(const ConfigLayers& layers);

  std::string text(const std::string& key) const { return texts_.text(key); }

  bool isSet(const std::string& key) const { return !text(key).empty(); }

  std::int64_t integer(const std::string& key, std::int64_t min, std::int64_t max) const;

  /// From a second to a day.
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

  /// What `parse` makes of the comma-separated entries; it throws std::invalid_argument for one
  /// that cannot be.
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

  /// Throws with the reason and the place where `key` was set.
  [[noreturn]] void refuse(const std::string& key, const std::string& reason) const;

 private:
  /// What stands between the commas, without the spaces around it.
  std::vector<std::string> members(const std::string& key) const;

  ResolvedValues given_;
  Settings texts_;
};

}  // namespace mediadock
