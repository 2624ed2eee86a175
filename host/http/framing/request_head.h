#pragma once

/// \file
/// One request head, judged before anything acts on it (RFC 9112 §2.2, §3, §5, §6).

#include "http/framing/guard_settings.h"
#include "http/framing/refusal.h"
#include "http/framing/request_line.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

namespace mediadock::guard {

/// Borrows from the bytes that were judged.
struct HeaderField {
  std::string_view name;
  std::string_view value;
};

enum class BodyFraming { None, Length, Chunked };

struct RequestHead {
  RequestLine line;
  /// Where the target named an authority, that is the value of the one `Host`.
  std::vector<HeaderField> fields;
  BodyFraming framing = BodyFraming::None;
  /// With `BodyFraming::Length`.
  std::uint64_t contentLength = 0;
  /// The client may send another request on this connection. Never with HTTP/1.0: half of its
  /// clients mean something else by `keep-alive`.
  bool persists = false;
  /// The client waits for `100 Continue` before it sends the body.
  bool expectsContinue = false;

  bool hasBody() const noexcept {
    return framing == BodyFraming::Chunked || (framing == BodyFraming::Length && contentLength > 0);
  }
};

/// How many of the first bytes are a head that can be judged: up to its empty line, or up to the
/// first byte that no head can have there. Nothing: more is needed. Bytes before `from` are known
/// not to end one.
std::optional<std::size_t> findHeadEnd(std::string_view bytes, std::size_t from) noexcept;

/// Judges a head, its empty line included. Total: any bytes give an answer. The head borrows from
/// `bytes`.
std::variant<RequestHead, Refusal> judgeRequestHead(std::string_view bytes,
                                                    const HeadLimits& limits);

/// The answer to a head that is larger than `limits` before its end was seen.
Refusal refuseOversized(std::string_view bytes) noexcept;

}  // namespace mediadock::guard
