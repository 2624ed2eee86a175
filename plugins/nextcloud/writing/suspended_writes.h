#pragma once

/// \file
/// In-process state of suspended writes, in addition to what the server has.

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>

namespace mediadock::nextcloud {

/// Which of them have a live stream, and the last chunk of some if it is small: with its bytes at
/// hand, the next small piece extends it instead of becoming another chunk. Nextcloud limits the
/// number of chunks per upload. Thread-safe.
class SuspendedWrites {
 public:
  /// The last chunk of a write.
  struct Tail {
    std::size_t number = 0;
    /// The highest chunk number before it; the tail has one of the next two.
    std::size_t before = 0;
    /// Of the whole write.
    std::uint64_t written = 0;
    std::string bytes;
  };

  /// Marks the write as having a stream, from construction to destruction.
  class Hold {
   public:
    Hold(SuspendedWrites& writes, std::string folder)
        : writes_(writes),
          folder_(std::move(folder)) {}

    ~Hold();
    Hold(const Hold&) = delete;
    Hold& operator=(const Hold&) = delete;

   private:
    SuspendedWrites& writes_;
    const std::string folder_;
  };

  /// \param mostBytes limit for all tails together; the oldest are dropped.
  explicit SuspendedWrites(std::size_t mostBytes) : mostBytes_(mostBytes) {}

  /// \throws StorageError `Locked` if this process has a stream of this write.
  std::unique_ptr<Hold> hold(const std::string& folder);

  /// A tail that is too large is not remembered.
  void remember(const std::string& folder, Tail tail);

  /// Removes and returns the tail; nullopt if it is unknown or was dropped.
  std::optional<Tail> take(const std::string& folder);

 private:
  struct Entry {
    std::string folder;
    Tail tail;
  };

  void forget(const std::string& folder);

  const std::size_t mostBytes_;
  std::mutex mutex_;
  // Guarded by mutex_.
  std::set<std::string> held_;
  /// From oldest to newest.
  std::list<Entry> tails_;
  std::size_t bytes_ = 0;
};

}  // namespace mediadock::nextcloud
