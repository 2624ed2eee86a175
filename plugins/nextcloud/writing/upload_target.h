#pragma once

/// \file
/// What one write is to make: the file's place, what stands there, and how our version of it is
/// told from others.

#include "dav/status_error.h"
#include "http/call_limits.h"
#include "tree/dav_tree.h"
#include "tree/path_locks.h"
#include "tree/recent_looks.h"
#include "writing/chunk_sizes.h"
#include "writing/kept_writes.h"
#include "writing/upload_sweep.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace mediadock {

/// What a write is given. References must outlive it.
struct WriteContext {
  DavTree tree;
  PathLocks& locks;
  ChunkSizes& chunkSizes;
  KeptWrites& keptWrites;
  RecentLooks& looks;
  UploadSweep& sweep;
  const DavSettings& settings;
  std::unique_ptr<CallLimits> limits;
};

/// Belongs to one write stream.
class UploadTarget {
 public:
  /// \param written how many bytes an earlier stream has stored.
  UploadTarget(WriteContext context, WriteTarget wanted, WriteOptions options,
               std::uint64_t written);

  /// Another place for the same bytes.
  /// \throws StorageError `InvalidPath`.
  void change(WriteTarget wanted);

  /// So many bytes more are to be written.
  /// \throws StorageError `InvalidArgument` for more than were announced.
  void add(std::size_t bytes);

  /// Looks at the place and its parents, unless that was done since it was set; what was seen a
  /// moment ago will do.
  void inspectOnce();
  /// Looks again where the last look was not a moment ago.
  void inspectAfterTime();
  /// Looks now.
  /// \throws StorageError `IsADirectory`, `NotADirectory`, `NotFound`.
  void inspect();
  /// \throws StorageError `AlreadyExists`, `PreconditionFailed` by what `inspect` saw.
  void checkConditions() const;
  /// How a place that is taken already shows: 412.
  [[noreturn]] void refuseTaken() const;
  /// Makes the parents that `inspect` found missing.
  void makeParents();

  /// Sends a change. Returns the error; nothing on success, with the response's head in `answer`.
  std::optional<StorageError> trySend(DavCall call, const HttpRequest& request,
                                      std::string_view body, HttpHead& answer,
                                      const CallLimits& limits);
  /// Has the server set a modification time, the caller's or our own: it marks our version.
  void addModifiedAt(HttpRequest& request);
  /// Whether `entry` is the version that `addModifiedAt` marked.
  bool matchesOurWrite(const std::optional<Entry>& entry) const;
  /// What stands there after a write that succeeded. Looks again where that fails: the write is
  /// done.
  /// \throws StorageError `Truncated` where it is our version with another size; `OutcomeUnknown`
  ///   where it cannot be looked at.
  Entry confirm(const HttpHead& answer);
  /// How long to look for what became of a change.
  std::chrono::milliseconds resolveTimeout() const;

  /// The server may be silent for so much longer from now on.
  void allowSilence(std::chrono::milliseconds more) noexcept {
    context_.limits->allowSilence(more);
  }

  /// Removes what is ours alone at the request target `leftover`, now or as soon as the server lets
  /// it be removed.
  void drop(const std::string& leftover, const CallLimits& few) noexcept;
  /// The same for what the server may be at work on: when that cannot be any more.
  void dropLater(const std::string& leftover);

  const WriteContext& context() const noexcept { return context_; }

  DavTree& tree() noexcept { return context_.tree; }

  DavClient& client() noexcept { return context_.tree.client(); }

  const DavUrls& urls() const noexcept { return context_.tree.facts().urls; }

  ChunkSizes& chunkSizes() noexcept { return context_.chunkSizes; }

  const DavSettings& settings() const noexcept { return context_.settings; }

  const CallLimits& limits() const noexcept { return *context_.limits; }

  const WriteTarget& wanted() const noexcept { return wanted_; }

  const StoragePath& path() const noexcept { return wanted_.path; }

  const WriteOptions& options() const noexcept { return options_; }

  std::uint64_t written() const noexcept { return written_; }

  /// What `inspect` saw there.
  const std::optional<Entry>& existing() const noexcept { return existing_; }

  /// The directory, at or above the place's parent, that stands. After `inspect`.
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

}  // namespace mediadock
