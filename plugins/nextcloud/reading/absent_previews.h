#pragma once

/// \file
/// Negative cache of previews: files that are known to have none.

#include <Poco/LRUCache.h>

#include <chrono>
#include <cstddef>
#include <string>

namespace mediadock::nextcloud {

/// Remembers up to `kMost` versions of files, each for `kLifetime`. Thread-safe.
class AbsentPreviews {
 public:
  using Clock = std::chrono::steady_clock;

  static constexpr std::size_t kMost = 1000;
  static constexpr std::chrono::minutes kLifetime{5};

  /// \param version file ID and etag, concatenated.
  void remember(const std::string& version, Clock::time_point now) {
    until_.update(version, now + kLifetime);
  }

  bool contains(const std::string& version, Clock::time_point now) {
    const auto until = until_.get(version);
    return until && now < *until;
  }

 private:
  Poco::LRUCache<std::string, Clock::time_point> until_{kMost};
};

}  // namespace mediadock::nextcloud
