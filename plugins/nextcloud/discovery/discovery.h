#pragma once

/// \file
/// Detects what kind of server is at the configured URL, and what it can do.

#include "dav/dav_client.h"
#include "dav/server_facts.h"
#include "discovery/upload_trial.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>

namespace mediadock::nextcloud {

class DavTree;

/// What any WebDAV server can do; reported before the server was queried.
Capabilities leastCapabilities(const StoragePath& basePath);

/// Queries the server once and keeps the result. A failure is thrown to the caller, and the next
/// call tries again. Thread-safe.
///
/// A URL whose `status.php` says so is a Nextcloud; one with `/remote.php/` is a file tree of a
/// Nextcloud; any other must be the root of a plain WebDAV tree. The base path is created if it is
/// missing.
class Discovery {
 public:
  /// Both must outlive this.
  Discovery(const DavSettings& settings, DavClient& client);

  /// \throws StorageError `Unauthenticated`, `Unavailable`, `NotFound` (no WebDAV there) and
  ///   others.
  std::shared_ptr<const ServerFacts> facts(const http_client::CallLimits& limits);

  /// Adds to `facts` what a Nextcloud reports about its abilities; queries again if the last result
  /// is an hour old. Does not wait for a query already in flight.
  /// \throws StorageError as `facts`.
  void examine(const http_client::CallLimits& limits);

  /// Adds to `facts` whether writes can be suspended. Tries it once with an empty upload; if that
  /// is inconclusive, the next call tries again. Does not wait for a trial already in flight.
  /// \throws StorageError as `facts`.
  void tryUploads(const http_client::CallLimits& limits);

  /// Returns null before the first success. Does not block.
  std::shared_ptr<const ServerFacts> known() const;

 private:
  std::shared_ptr<const ServerFacts> discover(const http_client::CallLimits& limits);
  bool isCaseSensitive(DavTree& tree, const http_client::CallLimits& limits) const;
  bool isNextcloudAddress(const http_client::CallLimits& limits);
  std::string userId(const std::string& prefix, const http_client::CallLimits& limits);
  std::string principalId(const std::string& prefix, const http_client::CallLimits& limits);
  ServerFacts nextcloud(const http_client::CallLimits& limits);
  ServerFacts nextcloudAt(std::vector<std::string> files, std::size_t userSegment,
                          const std::string& prefix, const std::string& user) const;
  ServerFacts plain(const http_client::CallLimits& limits);
  void note(std::string ability, std::string asked, std::string answered);
  void addTrial(ServerFacts& facts) const;
  http_client::HttpHead optionsOf(const std::string& target, const http_client::CallLimits& limits);

  const DavSettings& settings_;
  DavClient& client_;

  /// Of the running discovery; accessed by its thread only.
  std::vector<CapabilityEvidence> evidence_;
  /// Guards the rest.
  mutable std::mutex mutex_;
  std::condition_variable_any asked_;
  bool isAsking_ = false;
  std::shared_ptr<const ServerFacts> facts_;
  /// The result of `discover`, from which every examination starts.
  std::shared_ptr<const ServerFacts> unexamined_;
  bool isExamining_ = false;
  bool isTryingUploads_ = false;
  std::optional<UploadTrial> uploadTrial_;
  http_client::CallLimits::Clock::time_point examinedUntil_;
};

}  // namespace mediadock::nextcloud
