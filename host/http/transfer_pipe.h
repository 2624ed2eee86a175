#pragma once

/// \file
/// What bytes go through that are moved from one connection to another without being copied.

#include <cstddef>

namespace mediadock {

/// A pipe of the process's own. Neither end blocks.
class TransferPipe {
 public:
  /// \throws std::system_error where no descriptor is left.
  TransferPipe();
  ~TransferPipe();

  TransferPipe(const TransferPipe&) = delete;
  TransferPipe& operator=(const TransferPipe&) = delete;

  int readEnd() const noexcept { return ends_[0]; }

  int writeEnd() const noexcept { return ends_[1]; }

  /// How many bytes it takes at most, where they come in whole pages.
  std::size_t capacity() const noexcept { return capacity_; }

 private:
  int ends_[2] = {-1, -1};
  std::size_t capacity_;
};

}  // namespace mediadock
