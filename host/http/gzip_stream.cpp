#include "http/gzip_stream.h"

#include <cstddef>
#include <new>
#include <stdexcept>
#include <zlib.h>

namespace mediadock {
namespace {

constexpr int kGzipWindow = 15 + 16;
constexpr int kUsualMemory = 8;
/// By how much the packed text grows at a time.
constexpr std::size_t kStep = 16384;

}  // namespace

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

  /// \param mode how zlib is to end: one of its `Z_…FLUSH`, or `Z_FINISH`.
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
      // A block that was not filled to its end: nothing is left to be told.
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

}  // namespace mediadock
