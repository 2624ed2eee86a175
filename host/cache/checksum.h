#pragma once

/// \file
/// A fast checksum (XXH3) that detects torn and foreign data. It protects against accidents, not
/// against attackers.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <xxhash.h>

namespace mediadock::cache {

/// The result does not depend on how the bytes are split into calls of `add`. Not thread-safe.
class Checksum {
 public:
  Checksum();

  void add(std::span<const std::byte> bytes) noexcept;

  /// Of all bytes so far; more may follow.
  std::uint64_t value() const noexcept;

 private:
  struct Free {
    void operator()(XXH3_state_t* state) const noexcept { XXH3_freeState(state); }
  };

  std::unique_ptr<XXH3_state_t, Free> state_;
};

}  // namespace mediadock::cache
