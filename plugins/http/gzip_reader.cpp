#include "http/gzip_reader.h"

#include "mediadock/storage_error.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <new>
#include <zlib.h>

namespace mediadock::http_client {
namespace {

/// Real listings shrink to a twentieth. Small bodies may compress better and do no harm.
constexpr std::uint64_t kMaxGrowth = 200;
constexpr std::uint64_t kHarmlessBytes = std::uint64_t{16} << 20U;
/// Largest window, with gzip header and trailer.
constexpr int kGzipWindowBits = 15 + 16;

[[noreturn]] void refuse(StorageErrc code, const char* why) {
  throw StorageError({.code = code, .message = why, .retry = Retry::Safe});
}

}  // namespace

class GzipReader::Engine {
 public:
  Engine() {
    if (::inflateInit2(&stream_, kGzipWindowBits) != Z_OK) {
      throw std::bad_alloc();
    }
  }

  ~Engine() { ::inflateEnd(&stream_); }

  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  std::size_t read(std::span<std::byte> bytes, const Source& source) {
    if (bytes.empty()) {
      return 0;
    }
    stream_.next_out = reinterpret_cast<Bytef*>(bytes.data());
    stream_.avail_out = static_cast<uInt>(std::min<std::size_t>(bytes.size(), packed_.size()));
    const auto wanted = stream_.avail_out;
    while (!isAtEnd_ && stream_.avail_out == wanted) {
      fill(source);
      inflateSome();
    }
    if (stream_.avail_out == wanted) {
      requireEnd(source);
    }
    return wanted - stream_.avail_out;
  }

 private:
  void fill(const Source& source) {
    if (stream_.avail_in > 0) {
      return;
    }
    const auto count = source(packed_);
    if (count == 0) {
      refuse(StorageErrc::Truncated, "the storage's compressed answer breaks off");
    }
    stream_.next_in = reinterpret_cast<Bytef*>(packed_.data());
    stream_.avail_in = static_cast<uInt>(count);
  }

  void inflateSome() {
    const int result = ::inflate(&stream_, Z_NO_FLUSH);
    isAtEnd_ = result == Z_STREAM_END;
    if (!isAtEnd_ && result != Z_OK && result != Z_BUF_ERROR) {
      refuse(StorageErrc::Protocol, "the storage's compressed answer is damaged");
    }
    if (stream_.total_out > kHarmlessBytes && stream_.total_out / kMaxGrowth > stream_.total_in) {
      refuse(StorageErrc::Protocol, "the storage's compressed answer grows out of all proportion");
    }
  }

  void requireEnd(const Source& source) {
    if (stream_.avail_in > 0 || source(packed_) > 0) {
      refuse(StorageErrc::Protocol, "bytes follow the storage's compressed answer");
    }
  }

  std::array<std::byte, 16384> packed_{};
  z_stream stream_{};
  bool isAtEnd_ = false;
};

GzipReader::GzipReader() : engine_(std::make_unique<Engine>()) {}

GzipReader::~GzipReader() = default;

std::size_t GzipReader::read(std::span<std::byte> bytes, const Source& source) {
  return engine_->read(bytes, source);
}

}  // namespace mediadock::http_client
