#pragma once

/// \file
/// Sanitises untrusted text for JSON and logs.

#include <string>
#include <string_view>

namespace mediadock::http {

/// `text` with each byte that is not part of valid UTF-8 (RFC 3629) written as `\xNN`.
std::string toUtf8(std::string_view text);

/// The same, with control characters and Unicode line and paragraph separators escaped, too, so
/// that it is always a single line and cannot control a terminal.
std::string toOneLine(std::string_view text);

}  // namespace mediadock::http
