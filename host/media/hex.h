#pragma once

/// \file
/// Bytes as lower-case hexadecimal digits.

#include <optional>
#include <string>
#include <string_view>

namespace mediadock {

inline constexpr std::string_view kHexDigits = "0123456789abcdef";

inline std::string encodeHex(std::string_view bytes) {
  std::string text;
  text.reserve(2 * bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += kHexDigits[byte >> 4U];
    text += kHexDigits[byte & 0xFU];
  }
  return text;
}

/// Nothing for a text that is no such hex.
inline std::optional<std::string> decodeHex(std::string_view text) {
  if (text.size() % 2 != 0 || text.find_first_not_of(kHexDigits) != std::string_view::npos) {
    return std::nullopt;
  }
  std::string bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    bytes += static_cast<char>(kHexDigits.find(text[i]) * 16 + kHexDigits.find(text[i + 1]));
  }
  return bytes;
}

}  // namespace mediadock
