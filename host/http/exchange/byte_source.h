#pragma once

/// \file
/// A source of bytes that is read piece by piece.

#include <cstddef>
#include <span>

namespace mediadock::http {

class IByteSource {
 public:
  virtual ~IByteSource() = default;

  /// Reads at most `buffer.size()` bytes and returns how many; 0 only at the verified end. Throws
  /// if the bytes end early.
  virtual std::size_t read(std::span<std::byte> buffer) = 0;
};

}  // namespace mediadock::http
