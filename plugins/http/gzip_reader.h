#pragma once

/// \file
/// Unpacks a gzip body (RFC 1952) as it arrives.

#include <cstddef>
#include <functional>
#include <memory>
#include <span>

namespace mediadock {

/// Memory is constant, whatever comes. One member, and nothing behind it.
class GzipReader {
 public:
  /// Gives some packed bytes, or 0 at their verified end.
  using Source = std::function<std::size_t(std::span<std::byte>)>;

  GzipReader();
  ~GzipReader();

  GzipReader(const GzipReader&) = delete;
  GzipReader& operator=(const GzipReader&) = delete;

  /// Gives some bytes, or 0 once the checksum was right and the source is at its end.
  /// \throws StorageError `Truncated` where the source ends early, `Protocol` for what is no gzip,
  ///   or grows more than 200-fold.
  std::size_t read(std::span<std::byte> bytes, const Source& source);

 private:
  class Engine;
  std::unique_ptr<Engine> engine_;
};

}  // namespace mediadock
