#pragma once

/// \file
/// Character classes of HTTP/1.1 fields, in addition to those of `base/text.h` (RFC 9110 §5.6, RFC
/// 9112).

#include "base/text.h"

#include <string_view>

namespace mediadock::http::guard {

constexpr bool isDigit(char c) noexcept {
  return c >= '0' && c <= '9';
}

constexpr bool isAlphaNumeric(char c) noexcept {
  return isDigit(c) || (base::toLowerAscii(c) >= 'a' && base::toLowerAscii(c) <= 'z');
}

/// Whether a field value may contain `c`: tab, printable ASCII, and high bytes other than 0xFF,
/// which character streams take for their end.
constexpr bool isValueCharacter(char c) noexcept {
  const auto byte = static_cast<unsigned char>(c);
  return byte == '\t' || (byte >= 0x20 && byte != 0x7F && byte != 0xFF);
}

constexpr bool isValue(std::string_view text) noexcept {
  for (const char c : text) {
    if (!isValueCharacter(c)) {
      return false;
    }
  }
  return true;
}

}  // namespace mediadock::http::guard
