#include "http/downloads/peeked_stream.h"

#include "mediadock/storage_error.h"

#include <algorithm>
#include <cerrno>
#include <unistd.h>
#include <utility>

namespace mediadock::http {
namespace {

[[noreturn]] void failTruncated() {
  throw StorageError(StorageErrc::Truncated, "the file ended before its length");
}

/// Does not change the descriptor's file offset.
std::vector<std::byte> readAt(int descriptor, std::uint64_t offset, std::size_t bytes) {
  std::vector<std::byte> read(bytes);
  std::size_t size = 0;
  while (size < bytes) {
    const auto got =
        ::pread(descriptor, read.data() + size, bytes - size, static_cast<off_t>(offset + size));
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      throw StorageError(StorageErrc::Unavailable, "the file cannot be read");
    }
    if (got == 0) {
      failTruncated();
    }
    size += static_cast<std::size_t>(got);
  }
  return read;
}

}  // namespace

PeekedStream::PeekedStream(std::unique_ptr<IReadStream> inner) : inner_(std::move(inner)) {}

std::optional<std::vector<std::byte>> PeekedStream::beginning(std::size_t bytes) {
  const ReadInfo& info = inner_->info();
  const auto wanted =
      static_cast<std::size_t>(std::min<std::uint64_t>(bytes, info.entry.size.value_or(bytes)));
  if (const auto region = inner_->file()) {
    return readAt(region->descriptor, region->offset - info.offset, wanted);
  }
  if (info.offset > 0 || info.length.value_or(wanted) < wanted) {
    return std::nullopt;
  }
  peeked_.resize(wanted);
  for (std::size_t size = 0; size < wanted;) {
    const std::size_t got = inner_->read(std::span(peeked_).subspan(size));
    if (got == 0 && info.length) {
      failTruncated();
    }
    if (got == 0) {
      peeked_.resize(size);
      break;
    }
    size += got;
  }
  return peeked_;
}

std::size_t PeekedStream::read(std::span<std::byte> buffer) {
  if (given_ == peeked_.size()) {
    return inner_->read(buffer);
  }
  const std::size_t size = std::min(buffer.size(), peeked_.size() - given_);
  std::copy_n(peeked_.begin() + static_cast<std::ptrdiff_t>(given_), size, buffer.begin());
  given_ += size;
  return size;
}

std::optional<std::size_t> PeekedStream::splice(int pipe, std::size_t most) {
  return given_ == peeked_.size() ? inner_->splice(pipe, most) : std::nullopt;
}

}  // namespace mediadock::http
