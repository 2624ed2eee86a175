#pragma once

/// \file
/// Locale-independent handling of ASCII protocol text: case, blanks, tokens, hexadecimal digits.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mediadock::base {

constexpr char toLowerAscii(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

inline std::string toLowerAscii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    c = toLowerAscii(c);
  }
  return lower;
}

constexpr bool equalsIgnoringCase(std::string_view left, std::string_view right) noexcept {
  if (left.size() != right.size()) {
    return false;
  }
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (toLowerAscii(left[i]) != toLowerAscii(right[i])) {
      return false;
    }
  }
  return true;
}

/// Without spaces and tabs at both ends.
constexpr std::string_view trimmed(std::string_view text) noexcept {
  constexpr std::string_view kBlanks = " \t";
  const auto first = text.find_first_not_of(kBlanks);
  return first == std::string_view::npos
             ? std::string_view()
             : text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

/// A character of a token: a method, a header name, a coding (RFC 9110 §5.6.2).
constexpr bool isTokenCharacter(char c) noexcept {
  const char lower = toLowerAscii(c);
  return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

constexpr bool isToken(std::string_view text) noexcept {
  for (const char c : text) {
    if (!isTokenCharacter(c)) {
      return false;
    }
  }
  return !text.empty();
}

/// The value of a hexadecimal digit of either case; -1 for any other character.
constexpr int hexValue(char c) noexcept {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  const char lower = toLowerAscii(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// Whether `text` contains only lower-case hexadecimal digits.
constexpr bool isLowerHex(std::string_view text) noexcept {
  return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// Each byte as two lower-case digits.
std::string encodeHex(std::string_view bytes);

/// Appends a number as 16 digits, most significant first.
void appendHex(std::string& text, std::uint64_t number);

/// The inverse of `encodeHex`; nullopt if the text is not such hex.
std::optional<std::string> decodeHex(std::string_view text);

}  // namespace mediadock::base
