#include "http/exchange/transfer.h"

#include "mediadock/storage_error.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace mediadock::http {
namespace {

constexpr std::size_t kCopiedAtOnce = 256 * 1024;
/// A pipe is not worthwhile for less.
constexpr std::uint64_t kLeastToMove = 256 * 1024;
/// Bounded, so that the count of bytes sent is roughly right if a response breaks off.
constexpr std::uint64_t kMostPerSendfile = 4U << 20U;
/// Linux's default maximum for unprivileged processes (pipe(7), pipe-max-size); less if the user
/// has many pipes.
constexpr int kPipeCapacity = 1 << 20;
constexpr int kDefaultPipeCapacity = 1 << 16;

void requireSome(std::size_t got) {
  if (got == 0) {
    throw StorageError(StorageErrc::Truncated, "the file ended before its length");
  }
}

}  // namespace

/// A pipe between the storage's connection and the client's. Both ends are non-blocking.
class Transfer::Pipe {
 public:
  /// Returns null if no descriptor is left: bytes can still be copied.
  static std::unique_ptr<Pipe> make();

  explicit Pipe(const int (&ends)[2]) : readEnd_(ends[0]), writeEnd_(ends[1]) {
    const int granted = ::fcntl(writeEnd_, F_SETPIPE_SZ, kPipeCapacity);
    capacity_ = static_cast<std::size_t>(granted > 0 ? granted : kDefaultPipeCapacity);
  }

  ~Pipe() {
    ::close(readEnd_);
    ::close(writeEnd_);
  }

  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  int readEnd() const noexcept { return readEnd_; }

  int writeEnd() const noexcept { return writeEnd_; }

  /// The maximum number of bytes it holds, if they fill whole pages.
  std::size_t capacity() const noexcept { return capacity_; }

 private:
  int readEnd_;
  int writeEnd_;
  std::size_t capacity_;
};

std::unique_ptr<Transfer::Pipe> Transfer::Pipe::make() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) {
    return nullptr;
  }
  return std::make_unique<Pipe>(ends);
}

Transfer::Transfer(ClientSocket& socket, IReadStream& stream, std::uint64_t length)
    : socket_(socket),
      stream_(&stream),
      left_(length) {
  if (!socket.canSendFiles()) {
    return;
  }
  if (const auto region = stream.file(); region && region->length >= length) {
    file_ = region;
  } else if (length >= kLeastToMove) {
    pipe_ = Pipe::make();
  }
}

Transfer::Transfer(ClientSocket& socket, const FileRegion& region)
    : socket_(socket),
      left_(region.length),
      file_(region) {}

Transfer::~Transfer() = default;

std::span<const std::byte> Transfer::next() {
  if (isFileCut_) {
    throw StorageError(StorageErrc::Truncated, "the file became shorter while it was sent");
  }
  return file_ || splice() ? std::span<const std::byte>() : read();
}

/// Returns whether bytes are in the pipe; if not, the stream can only be read.
bool Transfer::splice() {
  if (!pipe_) {
    return false;
  }
  const auto wanted = std::min<std::uint64_t>(left_, pipe_->capacity());
  const auto moved = stream_->splice(pipe_->writeEnd(), static_cast<std::size_t>(wanted));
  if (!moved) {
    return false;
  }
  requireSome(*moved);
  inPipe_ = *moved;
  return true;
}

std::span<const std::byte> Transfer::read() {
  const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left_, kCopiedAtOnce));
  if (!block_) {
    block_ = std::make_unique_for_overwrite<std::byte[]>(size);
  }
  const std::size_t got = stream_->read({block_.get(), size});
  requireSome(got);
  left_ -= got;
  return {block_.get(), got};
}

std::uint64_t Transfer::send() {
  if (file_) {
    return sendFile();
  }
  socket_.sendPipe(pipe_->readEnd(), inPipe_);
  left_ -= inPipe_;
  return inPipe_;
}

std::uint64_t Transfer::sendFile() {
  const std::uint64_t wanted = std::min(left_, kMostPerSendfile);
  const std::uint64_t sent = socket_.sendFile(file_->descriptor, file_->offset, wanted);
  isFileCut_ = sent < wanted;
  file_->offset += sent;
  left_ -= sent;
  return sent;
}

void readWhole(IReadStream& stream, std::span<std::byte> buffer) {
  while (!buffer.empty()) {
    const std::size_t got = stream.read(buffer);
    requireSome(got);
    buffer = buffer.subspan(got);
  }
}

}  // namespace mediadock::http
