#include "http/connection_guard/request_id.h"

#include <atomic>
#include <cstdint>
#include <random>

namespace mediadock::guard {
namespace {

/// Another number for each number, with all bits mixed (SplitMix64's finalizer).
std::uint64_t mix(std::uint64_t bits) noexcept {
  bits = (bits ^ (bits >> 30U)) * 0xbf58476d1ce4e5b9U;
  bits = (bits ^ (bits >> 27U)) * 0x94d049bb133111ebU;
  return bits ^ (bits >> 31U);
}

void appendHex(std::string& text, std::uint64_t bits) {
  constexpr const char* kDigits = "0123456789abcdef";
  for (unsigned shift = 64; shift > 0; shift -= 4) {
    text += kDigits[(bits >> (shift - 4)) & 0xFU];
  }
}

std::uint64_t randomBits() {
  std::random_device random;
  return (std::uint64_t{random()} << 32U) | random();
}

}  // namespace

std::string makeRequestId() {
  static const std::uint64_t kProcess = randomBits();
  static const std::uint64_t kFirst = randomBits();
  static std::atomic<std::uint64_t> count = 0;
  const std::uint64_t number = kFirst + count.fetch_add(1, std::memory_order_relaxed);
  std::string id;
  id.reserve(32);
  appendHex(id, mix(kProcess ^ mix(number)));
  appendHex(id, mix(number));
  return id;
}

}  // namespace mediadock::guard
