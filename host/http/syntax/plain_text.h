#pragma once

/// \file
/// Text from outside, made fit for JSON and for logs.

#include <string>
#include <string_view>

namespace mediadock {

/// `text` with each byte that belongs to no UTF-8 (RFC 3629) written as `\xNN`.
std::string toUtf8(std::string_view text);

/// The same, with control characters and Unicode's line and paragraph separators escaped, too, so
/// that it is one line wherever it is read, and moves no terminal's cursor.
std::string toOneLine(std::string_view text);

}  // namespace mediadock
