#include "http/syntax/digest.h"

#include "base/sha256.h"
#include "base/text.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace mediadock::http {
namespace {

constexpr std::string_view kAlphanumerics =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

std::string alphabetOf(Base64Alphabet alphabet) {
  return std::string(kAlphanumerics) + (alphabet == Base64Alphabet::Url ? "-_" : "+/");
}

}  // namespace

std::string sha256Hex(std::string_view text) {
  base::Sha256 digest;
  digest.update(std::as_bytes(std::span(text)));
  return digest.hex();
}

bool isSha256Hex(std::string_view text) noexcept {
  return text.size() == 2 * base::Sha256::kBytes &&
         std::all_of(text.begin(), text.end(), [](char c) { return base::hexValue(c) >= 0; });
}

std::string encodeBase64(std::string_view bytes, Base64Alphabet alphabet) {
  const std::string digits = alphabetOf(alphabet);
  std::string text;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : bytes) {
    bits = (bits << 8U) | static_cast<unsigned char>(c);
    for (count += 8; count >= 6;) {
      count -= 6;
      text += digits[(bits >> count) & 63U];
    }
  }
  if (count > 0) {
    text += digits[(bits << (6 - count)) & 63U];
  }
  while (alphabet == Base64Alphabet::Standard && text.size() % 4 != 0) {
    text += '=';
  }
  return text;
}

std::optional<std::string> decodeBase64(std::string_view text, Base64Alphabet alphabet) {
  if (alphabet == Base64Alphabet::Standard) {
    if (text.size() % 4 != 0) {
      return std::nullopt;
    }
    for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) {
      text.remove_suffix(1);
    }
  }
  const std::string digits = alphabetOf(alphabet);
  std::string bytes;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : text) {
    const std::size_t value = digits.find(c);
    if (value == std::string::npos) {
      return std::nullopt;
    }
    bits = (bits << 6U) | static_cast<std::uint32_t>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes += static_cast<char>((bits >> count) & 255U);
    }
  }
  // The remaining bits belong to no byte; an encoder leaves them zero.
  const bool isWhole = count < 6 && (bits & ((1U << count) - 1U)) == 0;
  return isWhole ? std::optional(bytes) : std::nullopt;
}

}  // namespace mediadock::http
