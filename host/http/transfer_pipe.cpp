#include "http/transfer_pipe.h"

#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace mediadock {
namespace {

/// What Linux gives a process without privileges at most (pipe(7), pipe-max-size); less where its
/// user has many pipes.
constexpr int kCapacity = 1 << 20;
constexpr int kDefaultCapacity = 1 << 16;

}  // namespace

TransferPipe::TransferPipe() {
  if (::pipe2(ends_, O_CLOEXEC | O_NONBLOCK) != 0) {
    throw std::system_error(errno, std::generic_category(), "pipe");
  }
  const int granted = ::fcntl(ends_[1], F_SETPIPE_SZ, kCapacity);
  capacity_ = static_cast<std::size_t>(granted > 0 ? granted : kDefaultCapacity);
}

TransferPipe::~TransferPipe() {
  ::close(ends_[0]);
  ::close(ends_[1]);
}

}  // namespace mediadock
