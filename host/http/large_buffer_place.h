#pragma once

/// \file
/// How many uploads may hold a large buffer at one time.

#include <optional>
#include <utility>

namespace mediadock {

/// One of a few places, of the whole process, so that many uploads at one time take little memory
/// each. Safe for concurrent use of different places.
class LargeBufferPlace {
 public:
  static constexpr int kPlaces = 32;

  /// Nothing where all are taken.
  static std::optional<LargeBufferPlace> take() noexcept;

  LargeBufferPlace(LargeBufferPlace&& other) noexcept
      : isTaken_(std::exchange(other.isTaken_, false)) {}

  LargeBufferPlace& operator=(LargeBufferPlace&&) = delete;
  ~LargeBufferPlace();

 private:
  LargeBufferPlace() = default;

  bool isTaken_ = true;
};

}  // namespace mediadock
