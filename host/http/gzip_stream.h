#pragma once

/// \file
/// gzip (RFC 1952) of what is made piece by piece.

#include <memory>
#include <string>
#include <string_view>

namespace mediadock {

/// Memory is constant, a quarter of a megabyte, whatever goes through.
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
