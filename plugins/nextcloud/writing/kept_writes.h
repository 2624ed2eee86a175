#pragma once

/// \file
/// What this process knows of suspended writes besides what the server has.

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>

namespace mediadock {

/// Which of them have a living stream, and the last chunk of some, where it is a small one: with
/// its bytes at hand the next small piece makes it longer, rather than being one more chunk.
/// Nextcloud has a limit on their number, and gives none back. Safe for concurrent use.
class KeptWrites {
 public:
  /// The last chunk of a write.
  struct Tail {
    std::size_t number = 0;
    /// The highest number of the chunks before it; the tail has one of the next two.
    std::size_t before = 0;
    /// Of the whole write.
    std::uint64_t written = 0;
    std::string bytes;
  };

  /// The one stream of a write, from construction to destruction.
  class Hold {
   public:
    Hold(KeptWrites& writes, std::string folder) : writes_(writes), folder_(std::move(folder)) {}

    ~Hold();
    Hold(const Hold&) = delete;
    Hold& operator=(const Hold&) = delete;

   private:
    KeptWrites& writes_;
    const std::string folder_;
  };

  /// \param mostBytes of all tails together; the oldest are forgotten.
  explicit KeptWrites(std::size_t mostBytes) : mostBytes_(mostBytes) {}

  /// \throws StorageError `Locked` where a stream of this write lives in this process.
  std::unique_ptr<Hold> hold(const std::string& folder);

  /// One that is too large is not remembered.
  void remember(const std::string& folder, Tail tail);

  /// Nothing where it is not known, or was forgotten. Forgets it.
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
  /// The oldest first.
  std::list<Entry> tails_;
  std::size_t bytes_ = 0;
};

}  // namespace mediadock
