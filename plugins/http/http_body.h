#pragma once

/// \file
/// Reads the body of an HTTP/1.1 response (RFC 9112 §6, §7) exactly to its end.

#include "http/http_head.h"
#include "http/http_session.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace mediadock::http_client {

/// Reads one body from a connection. A body that ends before its framing says so is `Truncated`:
/// the last chunk, or all bytes of the Content-Length, must arrive.
class HttpBody {
 public:
  /// \throws StorageError `Protocol` for ambiguous or unknown framing.
  HttpBody(const HttpHead& head, bool isHeadRequest);

  /// Reads some bytes; returns 0 at the end.
  /// \throws StorageError `Truncated`, `Protocol`, and whatever the connection throws.
  std::size_t read(HttpSession& session, std::span<std::byte> bytes, const CallLimits& limits);

  /// As `read`, into the empty pipe `pipe`, without copying; returns nullopt if that is not
  /// possible.
  std::optional<std::size_t> splice(HttpSession& session, int pipe, std::size_t most,
                                    const CallLimits& limits);

  /// The size of the whole body, if the head states it.
  std::optional<std::uint64_t> length() const noexcept { return length_; }

  /// Whether the end was read, so that the next response follows on the connection.
  bool isAtEnd() const noexcept { return isAtEnd_; }

  /// Whether the body ends with the connection.
  bool endsConnection() const noexcept { return framing_ == Framing::UntilClose; }

 private:
  enum class Framing { Length, Chunked, UntilClose };

  std::string readLine(HttpSession& session, const CallLimits& limits) const;
  /// Both may be called again after a `Timeout`.
  void readChunkSize(HttpSession& session, const CallLimits& limits);
  void skipTrailers(HttpSession& session, const CallLimits& limits);
  std::size_t countOff(std::size_t received);

  Framing framing_ = Framing::Length;
  std::optional<std::uint64_t> length_;
  /// Of the body, or of the current chunk.
  std::uint64_t left_ = 0;
  /// The line end after a chunk has not been received yet.
  bool isLineEndDue_ = false;
  /// Number of trailers read after the last chunk; absent before that chunk.
  std::optional<int> trailers_;
  bool isAtEnd_ = false;
};

}  // namespace mediadock::http_client
