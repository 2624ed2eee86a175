#pragma once

/// \file
/// Clears away uploads that their clients never finished.

#include "media/resumable_uploads.h"

#include <stop_token>
#include <thread>

namespace mediadock {

/// A thread that sweeps at once and then every minute, from `start` to `stop` or destruction.
/// Belongs to one thread.
class UploadSweeper {
 public:
  /// `uploads` must outlive the sweeper.
  explicit UploadSweeper(ResumableUploads& uploads) : uploads_(uploads) {}

  void start();

  /// Ends a sweep that runs, and returns when it has ended.
  void stop();

 private:
  void run(const std::stop_token& stop);
  void sweep(const std::stop_token& stop) noexcept;

  ResumableUploads& uploads_;
  std::jthread thread_;
};

}  // namespace mediadock
