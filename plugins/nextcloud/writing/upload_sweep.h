#pragma once

/// \file
/// Deletes abandoned uploads, which count towards the quota.

#include "dav/dav_client.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace mediadock::nextcloud {

/// Deletes the upload folders below `uploads` that have our prefix and whose process on this
/// machine has ended, or that were not modified for a day by the server's clock; those of suspended
/// writes only after eight days. Never touches other clients' folders.
/// \throws StorageError as `DavClient::exchange`, and if the server does not list or delete them.
void sweepUploads(DavClient& client, const std::string& uploads,
                  const http_client::CallLimits& limits);

/// The sweep of one provider, in a background thread: sweeps when started and every hour from then
/// on, and retries failed removals as soon as they are due. Backs off while the server fails, up to
/// one attempt per minute. Thread-safe.
class UploadSweep {
 public:
  /// Maximum number of remembered leftovers; beyond it, the oldest are left to the sweep by age.
  static constexpr std::size_t kMostLeft = 1000;
  /// After this time, no server is still processing a request.
  static constexpr std::chrono::hours kWorkTime{2};

  /// `client` must outlive this. `shutdown` ends a running sweep.
  UploadSweep(DavClient& client, const std::stop_token& shutdown);
  ~UploadSweep();

  UploadSweep(const UploadSweep&) = delete;
  UploadSweep& operator=(const UploadSweep&) = delete;

  /// Starts sweeping below `uploads`, unless already started.
  void start(const std::string& uploads);

  /// Removes `target`, a folder or file that is exclusively ours, as soon as the server allows, but
  /// not before `delay` has passed.
  void leave(const std::string& target, std::chrono::seconds delay = std::chrono::seconds(0));

 private:
  using Clock = std::chrono::steady_clock;

  struct Left {
    std::string target;
    Clock::time_point due;
  };

  struct Stop {
    std::stop_source source;

    void operator()() noexcept { source.request_stop(); }
  };

  void startThread();
  void run();
  Clock::time_point nextDue() const;
  std::vector<std::string> takeDue();
  void workOnce();
  void removeLeft(const http_client::CallLimits& limits);
  void sweepIfDue(const http_client::CallLimits& limits);
  void putOff(const std::vector<std::string>& targets);

  DavClient& client_;
  std::stop_source ending_;
  std::stop_callback<Stop> onShutdown_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  // Guarded by mutex_.
  std::string uploads_;
  Clock::time_point sweepDue_ = Clock::time_point::max();
  std::vector<Left> left_;
  std::chrono::seconds pause_{1};

  std::thread thread_;
};

}  // namespace mediadock::nextcloud
