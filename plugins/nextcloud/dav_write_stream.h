#pragma once

/// \file
/// What both ways of writing share: the stream's life, its counting, and its target.
///
///     open --write/flush/suspend--> open --commit--> committed
///       |                            | \--AlreadyExists/PreconditionFailed--> open (retarget,
///       commit) |                            \--any other failure--> failed
///       \--abort (also the destructor's)--> aborted

#include "call_limits.h"
#include "chunk_sizes.h"
#include "dav_tree.h"
#include "kept_writes.h"
#include "mediadock/streams.h"
#include "path_locks.h"
#include "recent_looks.h"
#include "status_error.h"
#include "upload_sweep.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace mediadock {

/// What a write stream is made of.
struct WriteParts {
  DavTree tree;
  PathLocks& locks;
  ChunkSizes& chunkSizes;
  KeptWrites& keptWrites;
  RecentLooks& looks;
  UploadSweep& sweep;
  const NextcloudSettings& settings;
  std::unique_ptr<CallLimits> limits;
};

class DavWriteStream : public IWriteStream {
 public:
  void write(std::span<const std::byte> bytes) final;
  void flush() final;
  std::string suspend() final;
  void retarget(WriteTarget target) final;
  Entry commit() final;
  void abort() noexcept final;

 protected:
  /// \param written how many bytes an earlier stream has stored.
  DavWriteStream(WriteParts parts, WriteTarget target, WriteOptions options,
                 std::uint64_t written = 0);

  /// Takes more bytes.
  virtual void store(std::string_view bytes) = 0;
  /// Hands over what is held in memory.
  virtual void storeHeld() = 0;
  /// Hands over what is held, to stay, and gives the token to go on with; `Unsupported` by default.
  virtual std::string keep();
  /// Makes all that was stored visible; the target's path is locked meanwhile. May be called again
  /// after `AlreadyExists` and `PreconditionFailed`.
  virtual Entry publish() = 0;
  /// Removes what `publish` did not. Called at most once.
  virtual void discard(const CallLimits& limits) = 0;

  /// Looks at the target and its parents, unless that was done since it was set; what was seen a
  /// moment ago will do.
  void inspectOnce();
  /// Looks again where the last look was not a moment ago.
  void inspectAfterTime();
  /// Looks now.
  /// \throws StorageError `IsADirectory`, `NotADirectory`, `NotFound`.
  void inspect();
  /// \throws StorageError `AlreadyExists`, `PreconditionFailed` by what `inspect` saw.
  void checkConditions() const;
  /// Makes the parents that `inspect` found missing.
  void makeParents();
  /// What stands at the target after a write that succeeded. Looks again where that fails: the
  /// write is done.
  /// \throws StorageError `Truncated` where it is our version with another size; `OutcomeUnknown`
  ///   where it cannot be looked at.
  Entry confirm(const HttpHead& answer);

  /// How long to look for what became of a change to the target.
  std::chrono::milliseconds settlingTime() const;

  /// The server may be silent for so much longer from now on.
  void allowSilence(std::chrono::milliseconds more) noexcept { parts_.limits->allowSilence(more); }

  /// Removes what is ours alone at `target`, now or as soon as the server lets it be removed.
  void drop(const std::string& target, const CallLimits& few) noexcept;

  /// The same for what the server may be at work on: when that cannot be any more.
  void dropLater(const std::string& target) { parts_.sweep.leave(target, UploadSweep::kWorkTime); }

  /// How a target that stands already shows: 412.
  [[noreturn]] void refuseTarget() const;

  DavTree& tree() noexcept { return parts_.tree; }

  DavClient& client() noexcept { return parts_.tree.client(); }

  const DavUrls& urls() const noexcept { return parts_.tree.facts().urls; }

  ChunkSizes& chunkSizes() noexcept { return parts_.chunkSizes; }

  KeptWrites& keptWrites() noexcept { return parts_.keptWrites; }

  const NextcloudSettings& settings() const noexcept { return parts_.settings; }

  const CallLimits& limits() const noexcept { return *parts_.limits; }

  const WriteTarget& target() const noexcept { return target_; }

  const WriteOptions& options() const noexcept { return options_; }

  /// The directory, at or above the target's parent, that stands. After `inspect`.
  const StoragePath& anchor() const noexcept { return anchor_; }

  bool isInspected() const noexcept { return isInspected_; }

  const std::optional<Entry>& existing() const noexcept { return existing_; }

  std::uint64_t written() const noexcept { return written_; }

 private:
  enum class State { Open, Failed, Committed, Aborted };

  void requireOpen() const;
  void takeStock(std::optional<Entry> existing, const StoragePath& anchor);

  WriteParts parts_;
  WriteTarget target_;
  WriteOptions options_;
  State state_ = State::Open;
  std::uint64_t written_ = 0;
  bool isInspected_ = false;
  RecentLooks::Clock::time_point inspectedAt_{};
  std::optional<Entry> existing_;
  StoragePath anchor_;
};

/// A name that nobody else thinks of: 32 hex digits.
std::string randomName();

}  // namespace mediadock
