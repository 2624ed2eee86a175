#include "http/syntax/gzip.h"

#include <cstddef>
#include <limits>
#include <new>
#include <stdexcept>
#include <zlib.h>

namespace mediadock::http {
namespace {

constexpr int kGzipWindow = 15 + 16;
constexpr int kUsualMemory = 8;
/// The output grows by this much at a time.
constexpr std::size_t kStep = 16384;

}  // namespace

ETag packedEtag(const ETag& etag) {
  return {etag.value + "-gzip", etag.isWeak};
}

std::string gzip(std::string_view bytes, Effort effort) {
  // zlib counts in 32 bits; compressed responses are far smaller.
  if (bytes.size() > std::numeric_limits<uInt>::max() / 2) {
    throw std::length_error("too long to be packed in one piece");
  }
  z_stream stream{};
  const int level = effort == Effort::Fast ? Z_BEST_SPEED : Z_BEST_COMPRESSION;
  if (deflateInit2(&stream, level, Z_DEFLATED, kGzipWindow, kUsualMemory, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    throw std::bad_alloc();
  }
  std::string packed(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  stream.next_in = reinterpret_cast<const Bytef*>(bytes.data());
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const int result = deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  if (result != Z_STREAM_END) {
    throw std::logic_error("zlib did not keep to its own bound");
  }
  return packed;
}

class GzipStream::Engine {
 public:
  Engine() {
    if (deflateInit2(&stream_, Z_BEST_SPEED, Z_DEFLATED, kGzipWindow, kUsualMemory,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
      throw std::bad_alloc();
    }
  }

  ~Engine() { deflateEnd(&stream_); }

  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  /// \param mode a flush mode of zlib: `Z_…FLUSH` or `Z_FINISH`.
  void pack(std::string_view bytes, int mode, std::string& packed) {
    stream_.next_in = reinterpret_cast<const Bytef*>(bytes.data());
    stream_.avail_in = static_cast<uInt>(bytes.size());
    do {
      const std::size_t used = packed.size();
      packed.resize(used + kStep);
      stream_.next_out = reinterpret_cast<Bytef*>(packed.data() + used);
      stream_.avail_out = kStep;
      const int result = deflate(&stream_, mode);
      packed.resize(used + kStep - stream_.avail_out);
      if (result == Z_STREAM_ERROR) {
        throw std::logic_error("zlib was used wrongly");
      }
      // If the output block was not filled, there is no more output.
    } while (stream_.avail_out == 0);
  }

 private:
  z_stream stream_{};
};

GzipStream::GzipStream() : engine_(std::make_unique<Engine>()) {}

GzipStream::~GzipStream() = default;

void GzipStream::add(std::string_view bytes, std::string& packed) {
  engine_->pack(bytes, Z_NO_FLUSH, packed);
}

void GzipStream::flush(std::string& packed) {
  engine_->pack({}, Z_SYNC_FLUSH, packed);
}

void GzipStream::finish(std::string& packed) {
  engine_->pack({}, Z_FINISH, packed);
}

}  // namespace mediadock::http
