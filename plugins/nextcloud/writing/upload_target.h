#pragma once

/// \file
/// The target of one write: its path, what exists there, and how to recognise our version of it.

#include "dav/status_error.h"
#include "http/call_limits.h"
#include "tree/dav_tree.h"
#include "tree/path_locks.h"
#include "tree/recent_looks.h"
#include "writing/chunk_sizes.h"
#include "writing/suspended_writes.h"
#include "writing/upload_sweep.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace mediadock::nextcloud {

/// The dependencies of a write. References must outlive it.
struct WriteContext {
  DavTree tree;
  PathLocks& locks;
  ChunkSizes& chunkSizes;
  SuspendedWrites& suspendedWrites;
  RecentLooks& looks;
  UploadSweep& sweep;
  const DavSettings& settings;
  std::unique_ptr<http_client::CallLimits> limits;
};

/// Belongs to one write stream.
class UploadTarget {
 public:
  /// \param written number of bytes that an earlier stream stored.
  UploadTarget(WriteContext context, WriteTarget wanted, WriteOptions options,
               std::uint64_t written);

  /// Changes the target for the same data.
  /// \throws StorageError `InvalidPath`.
  void change(WriteTarget wanted);

  /// Counts bytes about to be written.
  /// \throws StorageError `InvalidArgument` if they exceed the announced size.
  void add(std::size_t bytes);

  /// Checks the target and its parents, unless done since it was set; a recently cached result
  /// suffices.
  void inspectOnce();
  /// Checks again unless the last check is recent.
  void inspectAfterTime();
  /// Checks now.
  /// \throws StorageError `IsADirectory`, `NotADirectory`, `NotFound`.
  void inspect();
  /// \throws StorageError `AlreadyExists`, `PreconditionFailed` according to the last check.
  void checkConditions() const;
  /// Throws the error for an existing target, as shown by a 412.
  [[noreturn]] void refuseTaken() const;
  /// Creates the parents that the last check found missing.
  void makeParents();

  /// Sends a change. Returns the error, or nullopt on success with the response's head in `answer`.
  std::optional<StorageError> trySend(DavCall call, const http_client::HttpRequest& request,
                                      std::string_view body, http_client::HttpHead& answer,
                                      const http_client::CallLimits& limits);
  /// Adds a modification time, the caller's or our own, which marks our version.
  void addModifiedAt(http_client::HttpRequest& request);
  /// Whether `entry` is the version marked by `addModifiedAt`.
  bool matchesOurWrite(const std::optional<Entry>& entry) const;
  /// The entry after a successful write. Retries if reading it fails: the write is done.
  /// \throws StorageError `Truncated` if it is our version with another size; `OutcomeUnknown` if
  ///   it cannot be read.
  Entry confirm(const http_client::HttpHead& answer);
  /// How long to look for the outcome of a change.
  std::chrono::milliseconds resolveTimeout() const;

  /// Extends the idle limit by `more` from now on.
  void allowSilence(std::chrono::milliseconds more) noexcept {
    context_.limits->allowSilence(more);
  }

  /// Removes `leftover`, a request target that is exclusively ours, now or as soon as the server
  /// allows.
  void drop(const std::string& leftover, const http_client::CallLimits& few) noexcept;
  /// The same for what the server may still be processing: only once that is ruled out.
  void dropLater(const std::string& leftover);

  const WriteContext& context() const noexcept { return context_; }

  DavTree& tree() noexcept { return context_.tree; }

  DavClient& client() noexcept { return context_.tree.client(); }

  const DavUrls& urls() const noexcept { return context_.tree.facts().urls; }

  ChunkSizes& chunkSizes() noexcept { return context_.chunkSizes; }

  const DavSettings& settings() const noexcept { return context_.settings; }

  const http_client::CallLimits& limits() const noexcept { return *context_.limits; }

  const WriteTarget& wanted() const noexcept { return wanted_; }

  const StoragePath& path() const noexcept { return wanted_.path; }

  const WriteOptions& options() const noexcept { return options_; }

  std::uint64_t written() const noexcept { return written_; }

  /// The entry that the last check found.
  const std::optional<Entry>& existing() const noexcept { return existing_; }

  /// The closest existing directory at or above the target's parent. Valid after a check.
  const StoragePath& nearestExistingParent() const noexcept { return nearestParent_; }

 private:
  void takeStock(std::optional<Entry> existing, const StoragePath& nearestParent);

  WriteContext context_;
  WriteTarget wanted_;
  WriteOptions options_;
  std::uint64_t written_;
  bool isInspected_ = false;
  RecentLooks::Clock::time_point inspectedAt_{};
  std::optional<Entry> existing_;
  StoragePath nearestParent_;
  Timestamp sentTime_;
};

}  // namespace mediadock::nextcloud
