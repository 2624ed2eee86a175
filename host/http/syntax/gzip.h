#pragma once

/// \file
/// gzip (RFC 1952) of answers (RFC 9110 §8.4). Never of a stored file: its bytes, ranges and digest
/// are those of the storage.

#include "mediadock/etag.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace mediadock {

/// Less than this is not worth the work, nor saves a packet.
inline constexpr std::size_t kLeastPackedBytes = 1024;

/// What the packed form goes by: another representation has another strong etag (RFC 9110
/// §8.8.3.3).
ETag packedEtag(const ETag& etag);

enum class Effort {
  Fast,    ///< For what is packed at each request.
  Utmost,  ///< For what is packed once.
};

std::string gzip(std::string_view bytes, Effort effort);

/// Of what is made piece by piece. Memory is constant, a quarter of a megabyte, whatever goes
/// through.
class GzipStream {
 public:
  GzipStream();
  ~GzipStream();

  GzipStream(const GzipStream&) = delete;
  GzipStream& operator=(const GzipStream&) = delete;

  /// Appends to `packed` what `bytes` have come to so far; some of it is held back.
  void add(std::string_view bytes, std::string& packed);

  /// Appends what is held back, so that all up to here can be unpacked.
  void flush(std::string& packed);

  /// Appends the end. Nothing may follow.
  void finish(std::string& packed);

 private:
  class Engine;
  std::unique_ptr<Engine> engine_;
};

}  // namespace mediadock
