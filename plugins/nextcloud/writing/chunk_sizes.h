#pragma once

/// \file
/// Chooses the sizes of upload chunks.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>

namespace mediadock::nextcloud {

/// Remembers the limit on request bodies of the server or a proxy, for the provider's lifetime.
/// Thread-safe.
class ChunkSizes {
 public:
  /// Nextcloud's limit on chunk numbers.
  static constexpr std::size_t kMaxChunks = 10000;
  /// A lower limit on bodies is not supported.
  static constexpr std::size_t kLeastLimit = 262144;

  /// The current upper bound of a body; the maximum of the type if none was refused.
  std::size_t limit() const noexcept { return limit_; }

  /// Records that a body of `size` was refused as too large: the limit is now half of it. Returns
  /// false if a smaller one is pointless.
  bool refuse(std::size_t size) noexcept;

  /// The size for chunk number `index` (from 0) with `left` bytes to come, if known: `usual`, or
  /// more if the remaining chunks would not suffice. If `left` is unknown, chunks grow. Never above
  /// `limit`.
  std::size_t next(std::size_t index, std::optional<std::uint64_t> left,
                   std::size_t usual) const noexcept;

  /// Whether `left` bytes fit into the chunks from number `index` on.
  bool fits(std::size_t index, std::uint64_t left) const noexcept;

 private:
  std::atomic<std::size_t> limit_{std::numeric_limits<std::size_t>::max()};
};

}  // namespace mediadock::nextcloud
