#pragma once

/// \file
/// A fast checksum that detects torn and foreign data. It protects against accidents, not against
/// attackers.

#include <cstddef>
#include <cstdint>
#include <span>

namespace mediadock {

/// The result does not depend on how the bytes are split into calls of `add`.
class Checksum {
 public:
  explicit Checksum(std::uint64_t seed = 0) noexcept : state_(seed ^ 0x9e3779b97f4a7c15U) {}

  void add(std::span<const std::byte> bytes) noexcept;

  std::uint64_t value() const noexcept;

 private:
  void mix(std::uint64_t word) noexcept;

  std::uint64_t state_;
  /// The bytes after the last whole word.
  std::uint64_t rest_ = 0;
  std::uint64_t length_ = 0;
};

}  // namespace mediadock
