#pragma once

/// \file
/// How large the chunks of an upload are.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>

namespace mediadock {

/// What was learnt of a server's, or a proxy's, limit on bodies; kept for the provider's life. Safe
/// for concurrent use.
class ChunkSizes {
 public:
  /// Nextcloud's names for chunks end there.
  static constexpr std::size_t kMaxChunks = 10000;
  /// No limit on bodies that is worth serving lies below.
  static constexpr std::size_t kLeastLimit = 262144;

  /// The largest body that was not refused; without a bound where none was.
  std::size_t limit() const noexcept { return limit_; }

  /// Remembers that a body of `size` was refused as too large: the limit is now half of it.
  /// Returns false where a smaller one makes no sense.
  bool refuse(std::size_t size) noexcept;

  /// How large the chunk number `index` (from 0) should be where `left` bytes are to come, if that
  /// is known: `usual`, or more, so that all of it fits into the chunks that are left. Where it is
  /// not known, chunks grow. Never above `limit`.
  std::size_t next(std::size_t index, std::optional<std::uint64_t> left,
                   std::size_t usual) const noexcept;

  /// Whether `left` bytes fit into the chunks from number `index` on.
  bool fits(std::size_t index, std::uint64_t left) const noexcept;

 private:
  std::atomic<std::size_t> limit_{std::numeric_limits<std::size_t>::max()};
};

}  // namespace mediadock
