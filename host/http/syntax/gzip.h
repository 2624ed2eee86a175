#pragma once

/// \file
/// gzip (RFC 1952) content coding for responses (RFC 9110 §8.4). Never applied to a stored file,
/// whose bytes, ranges and digest are those of the storage.

#include "mediadock/etag.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace mediadock::http {

/// Smaller bodies are not compressed: it would not save a packet.
inline constexpr std::size_t kLeastPackedBytes = 1024;

/// The etag of the gzip form: a different representation needs a different strong etag (RFC 9110
/// §8.8.3.3).
ETag packedEtag(const ETag& etag);

enum class Effort {
  Fast,    ///< For content compressed on each request.
  Utmost,  ///< For content compressed once.
};

std::string gzip(std::string_view bytes, Effort effort);

/// Compresses content produced piece by piece, in constant memory of about 256 KiB.
class GzipStream {
 public:
  GzipStream();
  ~GzipStream();

  GzipStream(const GzipStream&) = delete;
  GzipStream& operator=(const GzipStream&) = delete;

  /// Compresses `bytes` and appends the output that is ready to `packed`; some is held back.
  void add(std::string_view bytes, std::string& packed);

  /// Appends what is held back, so that everything so far can be decompressed.
  void flush(std::string& packed);

  /// Appends the end of the stream. No further calls are allowed.
  void finish(std::string& packed);

 private:
  class Engine;
  std::unique_ptr<Engine> engine_;
};

}  // namespace mediadock::http
