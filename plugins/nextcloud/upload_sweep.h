#pragma once

/// \file
/// Clearing away uploads that a crash left behind: they fill the quota.

#include "dav_client.h"

#include <chrono>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

namespace mediadock {

/// Deletes those upload folders below `uploads` that bear our prefix and were not touched for a
/// day, by the server's own clock; of suspended writes, for eight. Others' folders are never
/// touched. \throws StorageError as `DavClient::exchange`.
void sweepUploads(DavClient& client, const std::string& uploads, const CallLimits& limits);

/// The sweep of one provider, in a thread of its own. Safe for concurrent use.
class UploadSweep {
 public:
  /// `client` must outlive this. `shutdown` ends a sweep that runs.
  UploadSweep(DavClient& client, std::stop_token shutdown);

  /// Starts the sweep, unless it was started before. A failure is nobody's: the server clears up
  /// by itself, only later.
  void startOnce(const std::string& uploads);

 private:
  DavClient& client_;
  std::stop_token shutdown_;
  std::once_flag started_;
  std::jthread thread_;
};

}  // namespace mediadock
