#pragma once

/// \file
/// A fast sum that tells torn and foreign bytes from those that were written. It withstands
/// accidents, and nobody who means harm.

#include <cstddef>
#include <cstdint>
#include <span>

namespace mediadock {

/// Of bytes that come in pieces, however they are cut.
class Checksum {
 public:
  explicit Checksum(std::uint64_t seed = 0) noexcept : state_(seed ^ 0x9e3779b97f4a7c15U) {}

  void add(std::span<const std::byte> bytes) noexcept;

  std::uint64_t value() const noexcept;

 private:
  void mix(std::uint64_t word) noexcept;

  std::uint64_t state_;
  /// The bytes behind the last whole word.
  std::uint64_t rest_ = 0;
  std::uint64_t length_ = 0;
};

}  // namespace mediadock
