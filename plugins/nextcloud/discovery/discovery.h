#pragma once

/// \file
/// Finds out what server stands at the configured url, and what it can do.

#include "dav/dav_client.h"
#include "dav/server_facts.h"
#include "discovery/upload_trial.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>

namespace mediadock {

class DavTree;

/// What any WebDAV server can do, to be said before one was asked.
Capabilities leastCapabilities(const StoragePath& basePath);

/// Asks once and keeps the answer; a failure is the caller's, and the next one asks anew. Safe for
/// concurrent use.
///
/// A url whose `status.php` says so is a Nextcloud; one that holds `/remote.php/` is a Nextcloud's
/// files tree; any other has to be the root of a plain WebDAV tree. The base path is made if it is
/// missing.
class Discovery {
 public:
  /// Both must outlive this.
  Discovery(const DavSettings& settings, DavClient& client);

  /// \throws StorageError `Unauthenticated`, `Unavailable`, `NotFound` (no WebDAV there), ….
  std::shared_ptr<const ServerFacts> facts(const CallLimits& limits);

  /// Makes `facts` say what a Nextcloud says of its abilities, too; asks again when the last answer
  /// is an hour old. A call that comes while another one asks does not wait for it.
  /// \throws StorageError as `facts`.
  void examine(const CallLimits& limits);

  /// Makes `facts` say whether writes can be suspended. Tries it with an empty upload, once; as
  /// long as that comes to no answer, the next call tries again. A call that comes meanwhile does
  /// not wait.
  /// \throws StorageError as `facts`.
  void tryUploads(const CallLimits& limits);

  /// Nothing before the first success. Does not block.
  std::shared_ptr<const ServerFacts> known() const;

 private:
  std::shared_ptr<const ServerFacts> discover(const CallLimits& limits);
  bool isCaseSensitive(DavTree& tree, const CallLimits& limits) const;
  bool isNextcloudAddress(const CallLimits& limits);
  std::string userId(const std::string& prefix, const CallLimits& limits);
  std::string principalId(const std::string& prefix, const CallLimits& limits);
  ServerFacts nextcloud(const CallLimits& limits);
  ServerFacts nextcloudAt(std::vector<std::string> files, std::size_t userSegment,
                          const std::string& prefix, const std::string& user) const;
  ServerFacts plain(const CallLimits& limits);
  void note(std::string ability, std::string asked, std::string answered);
  void addTrial(ServerFacts& facts) const;
  HttpHead optionsOf(const std::string& target, const CallLimits& limits);

  const DavSettings& settings_;
  DavClient& client_;

  /// Of the discovery that is going on; only its thread touches it.
  std::vector<CapabilityEvidence> evidence_;
  /// Guards the rest.
  mutable std::mutex mutex_;
  std::condition_variable_any asked_;
  bool isAsking_ = false;
  std::shared_ptr<const ServerFacts> facts_;
  /// What `discover` found, the start of every examination.
  std::shared_ptr<const ServerFacts> unexamined_;
  bool isExamining_ = false;
  bool isTryingUploads_ = false;
  std::optional<UploadTrial> uploadTrial_;
  CallLimits::Clock::time_point examinedUntil_;
};

}  // namespace mediadock
