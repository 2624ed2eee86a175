#pragma once

/// \file
/// Clearing away uploads that were left behind: they fill the quota.

#include "dav/dav_client.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace mediadock {

/// Deletes those upload folders below `uploads` that bear our prefix and whose process on this
/// machine has ended, or that were not touched for a day, by the server's own clock; of suspended
/// writes, only those that were not touched for eight. Others' folders are never touched.
/// \throws StorageError as `DavClient::exchange`, and where the server does not list or delete
/// them.
void sweepUploads(DavClient& client, const std::string& uploads, const CallLimits& limits);

/// The sweep of one provider, in a thread of its own: when it is first started, every hour from
/// then on, and of what could not be removed when that was due, as soon as it can be. While the
/// server fails it is asked less and less often, once a minute at last. Safe for concurrent use.
class UploadSweep {
 public:
  /// What is left behind in memory; beyond it, the oldest wait for the sweep of their age.
  static constexpr std::size_t kMostLeft = 1000;
  /// After this no server is at work any more on what it was sent.
  static constexpr std::chrono::hours kWorkTime{2};

  /// `client` must outlive this. `shutdown` ends a sweep that runs.
  UploadSweep(DavClient& client, const std::stop_token& shutdown);
  ~UploadSweep();

  UploadSweep(const UploadSweep&) = delete;
  UploadSweep& operator=(const UploadSweep&) = delete;

  /// Sweeps below `uploads`, unless it does so already.
  void start(const std::string& uploads);

  /// Removes `target`, a folder or file that is ours alone, as soon as the server lets it be
  /// removed, but not before `delay` is over.
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
  void removeLeft(const CallLimits& limits);
  void sweepIfDue(const CallLimits& limits);
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

}  // namespace mediadock
