#pragma once

/// \file
/// Starts and resumes writes.

#include "mediadock/streams.h"
#include "tree/dav_tree.h"
#include "tree/path_locks.h"
#include "tree/recent_looks.h"
#include "writing/chunk_sizes.h"
#include "writing/suspended_writes.h"
#include "writing/upload_sweep.h"
#include "writing/upload_target.h"

#include <memory>
#include <stop_token>
#include <string>

namespace mediadock::nextcloud {

/// Holds what all writes of one provider share. Thread-safe; must outlive its streams.
class WriteStarter {
 public:
  /// References must outlive this. `shutdown` ends background work.
  WriteStarter(DavClient& client, const DavSettings& settings, PathLocks& locks, RecentLooks& looks,
               const std::stop_token& shutdown);

  /// As `IStorageProvider::openWrite`.
  std::unique_ptr<IWriteStream> open(const DavTree& tree, const WriteTarget& target,
                                     const WriteOptions& options,
                                     std::unique_ptr<http_client::CallLimits> limits);

  /// As `IStorageProvider::resumeWrite`.
  std::unique_ptr<IWriteStream> resume(const DavTree& tree, const std::string& token,
                                       const WriteTarget& target, const WriteOptions& options,
                                       std::unique_ptr<http_client::CallLimits> limits);

  /// As `IStorageProvider::dropWrite`.
  void drop(const DavTree& tree, const std::string& token, const http_client::CallLimits& limits);

  /// Starts removing, in the background, what earlier processes left behind, if the server has
  /// uploads.
  void sweep(const DavTree& tree);

 private:
  WriteContext begin(const DavTree& tree, std::unique_ptr<http_client::CallLimits> limits);

  DavClient& client_;
  const DavSettings& settings_;
  PathLocks& locks_;
  RecentLooks& looks_;
  ChunkSizes chunkSizes_;
  SuspendedWrites suspendedWrites_;
  UploadSweep sweep_;
};

}  // namespace mediadock::nextcloud
