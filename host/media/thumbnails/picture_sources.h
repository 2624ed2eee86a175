#pragma once

/// \file
/// Whether a thumbnail comes quicker from the storage's preview or from the file itself.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>

namespace mediadock {

enum class PictureSource { Preview, Original };

/// Learns from what each took so far. A storage makes a preview from the file when it is first
/// asked for it, and keeps it, so that the first ones can take longer than the file, and later ones
/// next to nothing; so the slower one is tried again now and then. All calls may run concurrently.
class PictureSources {
 public:
  /// A preview that comes within this is taken without a look at the file.
  static constexpr std::chrono::milliseconds kQuickPreview{200};
  /// How many are taken from the quicker source before the slower one is tried again.
  static constexpr std::size_t kBetweenTrials = 16;

  /// Where the picture of a file of `sizeBytes` should come from.
  PictureSource choose(std::uint64_t sizeBytes);

  /// \param duration from the question to the finished thumbnail.
  void learn(PictureSource source, std::uint64_t sizeBytes, std::chrono::milliseconds duration);

 private:
  /// What was seen of one source: a running mean, of which the latest has a quarter.
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
  /// Milliseconds for each MiB, of which a small file counts as one.
  Mean original_;
  std::size_t sinceTrial_ = 0;
};

}  // namespace mediadock
