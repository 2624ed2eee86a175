#pragma once

/// \file
/// Decompresses a gzip body (RFC 1952) as it arrives.

#include <cstddef>
#include <functional>
#include <memory>
#include <span>

namespace mediadock::http_client {

/// Uses constant memory. Accepts exactly one member and no trailing data.
class GzipReader {
 public:
  /// Reads compressed bytes; returns 0 at their verified end.
  using Source = std::function<std::size_t(std::span<std::byte>)>;

  GzipReader();
  ~GzipReader();

  GzipReader(const GzipReader&) = delete;
  GzipReader& operator=(const GzipReader&) = delete;

  /// Reads some bytes; returns 0 once the checksum was verified and the source has ended.
  /// \throws StorageError `Truncated` if the source ends early, `Protocol` if it is not gzip or
  ///   expands more than 200-fold.
  std::size_t read(std::span<std::byte> bytes, const Source& source);

 private:
  class Engine;
  std::unique_ptr<Engine> engine_;
};

}  // namespace mediadock::http_client
