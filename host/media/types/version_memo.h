#pragma once

/// \file
/// A bounded memo keyed by path and version of a file.

#include "mediadock/entry.h"

#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

namespace mediadock::media {

/// When full, the oldest entry is evicted. All calls may run concurrently.
template <typename Value>
class VersionMemo {
 public:
  static constexpr std::size_t kMostFiles = 8192;

  std::optional<Value> find(const StoragePath& path, const ETag& version) const {
    const std::string key = keyOf(path, version);
    const std::lock_guard lock(mutex_);
    const auto found = values_.find(key);
    return found == values_.end() ? std::nullopt : std::optional(found->second);
  }

  void remember(const StoragePath& path, const ETag& version, Value value) {
    std::string key = keyOf(path, version);
    const std::lock_guard lock(mutex_);
    if (!values_.insert_or_assign(key, std::move(value)).second) {
      return;
    }
    order_.push_back(std::move(key));
    if (order_.size() > kMostFiles) {
      values_.erase(order_.front());
      order_.pop_front();
    }
  }

 private:
  /// A path contains no line feed.
  static std::string keyOf(const StoragePath& path, const ETag& version) {
    return path.str() + '\n' + version.str();
  }

  mutable std::mutex mutex_;
  std::unordered_map<std::string, Value> values_;
  std::deque<std::string> order_;
};

}  // namespace mediadock::media
