#pragma once

/// \file
/// The characters that HTTP/1.1 is made of (RFC 9110 §5.6, RFC 9112), without a locale.

#include <string_view>

namespace mediadock::guard {

constexpr bool isDigit(char c) noexcept {
  return c >= '0' && c <= '9';
}

constexpr char toLower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr bool isAlphaNumeric(char c) noexcept {
  return isDigit(c) || (toLower(c) >= 'a' && toLower(c) <= 'z');
}

/// A character of a token: method, field name, coding.
constexpr bool isTokenCharacter(char c) noexcept {
  return isAlphaNumeric(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

/// What a field value may hold: tab, printable ASCII, and the high bytes but 0xFF, which streams of
/// characters take for their end.
constexpr bool isValueCharacter(char c) noexcept {
  const auto byte = static_cast<unsigned char>(c);
  return byte == '\t' || (byte >= 0x20 && byte != 0x7F && byte != 0xFF);
}

constexpr bool isToken(std::string_view text) noexcept {
  for (const char c : text) {
    if (!isTokenCharacter(c)) {
      return false;
    }
  }
  return !text.empty();
}

constexpr bool isValue(std::string_view text) noexcept {
  for (const char c : text) {
    if (!isValueCharacter(c)) {
      return false;
    }
  }
  return true;
}

constexpr bool equalsIgnoringCase(std::string_view left, std::string_view right) noexcept {
  if (left.size() != right.size()) {
    return false;
  }
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (toLower(left[i]) != toLower(right[i])) {
      return false;
    }
  }
  return true;
}

/// Without spaces and tabs at both ends.
constexpr std::string_view trim(std::string_view text) noexcept {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace mediadock::guard
