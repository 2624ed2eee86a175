#pragma once

/// \file
/// Decides whether a thumbnail comes faster from the storage's preview or from the file itself.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>

namespace mediadock::media {

enum class PictureSource { Preview, Original };

/// Learns from the durations so far. A storage generates a preview from the file on first request
/// and keeps it, so the first ones can take longer than the file, and later ones next to nothing;
/// so the slower source is retried now and then. All calls may run concurrently.
class PictureSources {
 public:
  /// While previews take no longer than this on average, the file is not tried.
  static constexpr std::chrono::milliseconds kQuickPreview{200};
  /// Thumbnails taken from the faster source before the slower one is retried.
  static constexpr std::size_t kBetweenTrials = 16;

  /// The source to use for a file of `sizeBytes`.
  PictureSource choose(std::uint64_t sizeBytes);

  /// \param duration from the request to the finished thumbnail.
  void learn(PictureSource source, std::uint64_t sizeBytes, std::chrono::milliseconds duration);

 private:
  /// Exponential moving average; the latest value has a weight of one quarter.
  struct Mean {
    double value = 0;
    bool isKnown = false;

    void add(double next);
  };

  PictureSource quicker(double originalMs) const;

  std::mutex mutex_;
  // Guarded by mutex_.
  /// Milliseconds.
  Mean preview_;
  /// Milliseconds per MiB; a smaller file counts as one MiB.
  Mean original_;
  std::size_t sinceTrial_ = 0;
};

}  // namespace mediadock::media
