#include "http/framing/request_id.h"

#include "base/random.h"
#include "base/text.h"

#include <atomic>
#include <cstdint>

namespace mediadock::http::guard {
namespace {

/// A bijection that mixes all bits (SplitMix64's finalizer).
std::uint64_t mix(std::uint64_t bits) noexcept {
  bits = (bits ^ (bits >> 30U)) * 0xbf58476d1ce4e5b9U;
  bits = (bits ^ (bits >> 27U)) * 0x94d049bb133111ebU;
  return bits ^ (bits >> 31U);
}

}  // namespace

std::string makeRequestId() {
  static const std::uint64_t kProcess = base::randomBits();
  static const std::uint64_t kFirst = base::randomBits();
  static std::atomic<std::uint64_t> count = 0;
  const std::uint64_t number = kFirst + count.fetch_add(1, std::memory_order_relaxed);
  std::string id;
  id.reserve(32);
  base::appendHex(id, mix(kProcess ^ mix(number)));
  base::appendHex(id, mix(number));
  return id;
}

}  // namespace mediadock::http::guard
