#pragma once

/// \file
/// The body of an HTTP/1.1 response (RFC 9112 §6, §7), counted to its end.

#include "http/http_head.h"
#include "http/http_session.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace mediadock {

/// Reads one body off a connection. A body that ends before its framing says so is `Truncated`:
/// the last chunk has to arrive, and so do all bytes of a Content-Length.
class HttpBody {
 public:
  /// \throws StorageError `Protocol` for a framing that is ambiguous or unknown.
  HttpBody(const HttpHead& head, bool isHeadRequest);

  /// Gives some bytes, or 0 at the end.
  /// \throws StorageError `Truncated`, `Protocol`, and what the connection throws.
  std::size_t read(HttpSession& session, std::span<std::byte> bytes, const CallLimits& limits);

  /// As `read`, into the empty pipe `pipe`, without copying; nothing where that cannot be done.
  std::optional<std::size_t> splice(HttpSession& session, int pipe, std::size_t most,
                                    const CallLimits& limits);

  /// The whole body's size, where the head tells.
  std::optional<std::uint64_t> length() const noexcept { return length_; }

  /// Whether the end was seen, and the connection stands at the next answer.
  bool isAtEnd() const noexcept { return isAtEnd_; }

  /// Whether the end of the body is the end of the connection.
  bool endsConnection() const noexcept { return framing_ == Framing::UntilClose; }

 private:
  enum class Framing { Length, Chunked, UntilClose };

  std::string readLine(HttpSession& session, const CallLimits& limits) const;
  /// Each may be called again after a `Timeout`.
  void readChunkSize(HttpSession& session, const CallLimits& limits);
  void skipTrailers(HttpSession& session, const CallLimits& limits);
  std::size_t countOff(std::size_t received);

  Framing framing_ = Framing::Length;
  std::optional<std::uint64_t> length_;
  /// Of the body, or of the present chunk.
  std::uint64_t left_ = 0;
  /// The line end behind the last chunk has not come yet.
  bool isLineEndDue_ = false;
  /// The last chunk was seen, and so many trailers behind it.
  std::optional<int> trailers_;
  bool isAtEnd_ = false;
};

}  // namespace mediadock
