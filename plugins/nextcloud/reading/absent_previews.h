#pragma once

/// \file
/// Which files were found to have no preview, so that the server is not asked again at once.

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>

namespace mediadock {

/// Remembers at most `kMost` versions of files, each for `kLifetime`. Safe for concurrent use.
class AbsentPreviews {
 public:
  using Clock = std::chrono::steady_clock;

  static constexpr std::size_t kMost = 1000;
  static constexpr std::chrono::minutes kLifetime{5};

  /// \param version file id and etag in one.
  void remember(const std::string& version, Clock::time_point now);

  bool contains(const std::string& version, Clock::time_point now) const;

 private:
  /// Guards `until_`.
  mutable std::mutex mutex_;
  std::map<std::string, Clock::time_point> until_;
};

}  // namespace mediadock
