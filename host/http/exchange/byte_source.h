#pragma once

/// \file
/// Where bytes come from, one piece after the other.

#include <cstddef>
#include <span>

namespace mediadock {

class IByteSource {
 public:
  virtual ~IByteSource() = default;

  /// Fills at most `buffer` and returns how many bytes it gave; 0 only at the verified end. Throws
  /// where the bytes end early.
  virtual std::size_t read(std::span<std::byte> buffer) = 0;
};

}  // namespace mediadock
