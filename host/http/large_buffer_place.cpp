#include "http/large_buffer_place.h"

#include <atomic>

namespace mediadock {
namespace {

std::atomic<int> placesLeft{LargeBufferPlace::kPlaces};

}  // namespace

std::optional<LargeBufferPlace> LargeBufferPlace::take() noexcept {
  if (placesLeft.fetch_sub(1) > 0) {
    return LargeBufferPlace();
  }
  placesLeft.fetch_add(1);
  return std::nullopt;
}

LargeBufferPlace::~LargeBufferPlace() {
  if (isTaken_) {
    placesLeft.fetch_add(1);
  }
}

}  // namespace mediadock
