#pragma once

/// \file
/// Parses and validates the first line of a request (RFC 9112 §3).

#include "http/framing/guard_settings.h"
#include "http/framing/refusal.h"

#include <string>
#include <string_view>
#include <variant>

namespace mediadock::http::guard {

/// Borrows from the bytes that were parsed.
struct RequestLine {
  std::string_view method;
  /// In origin-form, or `*`.
  std::string target;
  /// Host and port of a target in absolute-form; it replaces `Host` (RFC 9112 §3.2.2).
  std::string_view authority;
  /// False: HTTP/1.0.
  bool isVersion11 = true;
};

/// Parses a line without its CRLF. Accepts any input.
std::variant<RequestLine, Refusal> parseRequestLine(std::string_view line,
                                                    const HeadLimits& limits);

/// Whether `text` is a host name or address with an optional port (RFC 3986 §3.2.2): no list, no
/// userinfo, no percent-encoding.
bool isHostAndPort(std::string_view text) noexcept;

}  // namespace mediadock::http::guard
