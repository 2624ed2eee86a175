#pragma once

/// \file
/// Parses and validates a request head before anything acts on it (RFC 9112 §2.2, §3, §5, §6).

#include "http/framing/guard_settings.h"
#include "http/framing/refusal.h"
#include "http/framing/request_line.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

namespace mediadock::http::guard {

/// Borrows from the bytes that were parsed.
struct HeaderField {
  std::string_view name;
  std::string_view value;
};

enum class BodyFraming { None, Length, Chunked };

struct RequestHead {
  RequestLine line;
  /// At most one is `Host`; if the target named an authority, that is its value.
  std::vector<HeaderField> fields;
  BodyFraming framing = BodyFraming::None;
  /// With `BodyFraming::Length`.
  std::uint64_t contentLength = 0;
  /// The client may send another request on this connection. Never with HTTP/1.0, whose clients do
  /// not agree on what `keep-alive` means.
  bool persists = false;
  /// The client waits for `100 Continue` before it sends the body.
  bool expectsContinue = false;

  bool hasBody() const noexcept {
    return framing == BodyFraming::Chunked || (framing == BodyFraming::Length && contentLength > 0);
  }
};

/// The length of the head at the start of `bytes`: up to its empty line, or up to the first byte
/// that makes it invalid. Returns nullopt if more bytes are needed. Bytes before `from` were
/// searched already.
std::optional<std::size_t> findHeadEnd(std::string_view bytes, std::size_t from) noexcept;

/// Parses and validates a head including its empty line. Accepts any input. The head borrows from
/// `bytes`.
std::variant<RequestHead, Refusal> parseRequestHead(std::string_view bytes,
                                                    const HeadLimits& limits);

/// The refusal of a head that exceeds the limits before its end was found.
Refusal refuseOversized(std::string_view bytes) noexcept;

}  // namespace mediadock::http::guard
