#pragma once

/// \file
/// The first line of a request (RFC 9112 §3).

#include "http/framing/guard_settings.h"
#include "http/framing/refusal.h"

#include <string>
#include <string_view>
#include <variant>

namespace mediadock::guard {

/// Borrows from the bytes that were judged.
struct RequestLine {
  std::string_view method;
  /// In origin-form, or `*`.
  std::string target;
  /// Host and port of a target that came in absolute-form; it takes the place of `Host`
  /// (RFC 9112 §3.2.2).
  std::string_view authority;
  /// HTTP/1.1; else HTTP/1.0.
  bool isVersion11 = true;
};

/// Judges a line without its CRLF. Total.
std::variant<RequestLine, Refusal> judgeRequestLine(std::string_view line,
                                                    const HeadLimits& limits);

/// Whether `text` is a host with an optional port (RFC 3986 §3.2.2), in the characters that names
/// and addresses are written with: no list, no user, no percent-encoding.
bool isHostAndPort(std::string_view text) noexcept;

}  // namespace mediadock::guard
