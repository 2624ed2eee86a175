#include "writing/chunk_sizes.h"

#include <algorithm>

namespace mediadock::nextcloud {
namespace {

constexpr std::size_t kChunksOfOneSize = 2000;

}  // namespace

bool ChunkSizes::refuse(std::size_t size) noexcept {
  const auto smaller = std::max(size / 2, kLeastLimit);
  auto known = limit_.load();
  while (smaller < known && !limit_.compare_exchange_weak(known, smaller)) {
  }
  return smaller < size;
}

std::size_t ChunkSizes::next(std::size_t index, std::optional<std::uint64_t> left,
                             std::size_t usual) const noexcept {
  const std::uint64_t chunks = kMaxChunks - std::min(index, kMaxChunks - 1);
  const auto wanted = left
                          ? std::max(usual, static_cast<std::size_t>((*left + chunks - 1) / chunks))
                          : usual << std::min(index / kChunksOfOneSize, std::size_t{4});
  return std::min(wanted, limit());
}

bool ChunkSizes::fits(std::size_t index, std::uint64_t left) const noexcept {
  return index < kMaxChunks && left / (kMaxChunks - index) <= limit();
}

}  // namespace mediadock::nextcloud
