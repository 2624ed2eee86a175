#include "base/text.h"

namespace mediadock::base {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

}  // namespace

std::string encodeHex(std::string_view bytes) {
  std::string text;
  text.reserve(2 * bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += kHexDigits[byte >> 4U];
    text += kHexDigits[byte & 0xFU];
  }
  return text;
}

void appendHex(std::string& text, std::uint64_t number) {
  for (unsigned shift = 64; shift > 0; shift -= 4) {
    text += kHexDigits[(number >> (shift - 4)) & 0xFU];
  }
}

std::optional<std::string> decodeHex(std::string_view text) {
  if (text.size() % 2 != 0 || !isLowerHex(text)) {
    return std::nullopt;
  }
  std::string bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    bytes += static_cast<char>(hexValue(text[i]) * 16 + hexValue(text[i + 1]));
  }
  return bytes;
}

}  // namespace mediadock::base
