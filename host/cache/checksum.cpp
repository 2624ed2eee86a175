#include "cache/checksum.h"

#include <algorithm>
#include <cstring>

namespace mediadock {
namespace {

constexpr std::size_t kWord = sizeof(std::uint64_t);
/// Odd, so that distinct words give distinct products. A product carries bits upwards only; its
/// upper half is folded down again.
constexpr std::uint64_t kFactor = 0xd6e8feb86659fd93U;

}  // namespace

void Checksum::mix(std::uint64_t word) noexcept {
  state_ = (state_ ^ word) * kFactor;
  state_ ^= state_ >> 32U;
}

void Checksum::add(std::span<const std::byte> bytes) noexcept {
  std::size_t filled = length_ % kWord;
  length_ += bytes.size();
  while (!bytes.empty()) {
    if (filled == 0 && bytes.size() >= kWord) {
      std::uint64_t word = 0;
      std::memcpy(&word, bytes.data(), kWord);
      mix(word);
      bytes = bytes.subspan(kWord);
      continue;
    }
    const std::size_t count = std::min(kWord - filled, bytes.size());
    std::memcpy(reinterpret_cast<std::byte*>(&rest_) + filled, bytes.data(), count);
    filled += count;
    bytes = bytes.subspan(count);
    if (filled == kWord) {
      mix(rest_);
      rest_ = 0;
      filled = 0;
    }
  }
}

std::uint64_t Checksum::value() const noexcept {
  Checksum end(*this);
  end.mix(rest_);
  end.mix(length_);
  end.mix(0);
  return end.state_;
}

}  // namespace mediadock
