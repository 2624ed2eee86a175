#include "directories/list_token.h"

#include <algorithm>
#include <cstdint>

namespace mediadock::localdisk {
namespace {

constexpr std::string_view kMarker = "ld1-";
constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::size_t kChecksumDigits = 16;

/// FNV-1a. Distinguishes tokens of other origins and directories; no protection against forgery,
/// which would gain nothing.
std::uint64_t checksum(const StoragePath& path, std::string_view name) noexcept {
  std::uint64_t hash = 0xcbf29ce484222325;
  const auto mix = [&hash](std::string_view text) {
    for (const char c : text) {
      hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    }
  };
  mix(path.str());
  mix("/");
  mix(name);
  return hash;
}

void appendByte(std::string& text, unsigned byte) {
  text += kHexDigits[byte >> 4U];
  text += kHexDigits[byte & 0xFU];
}

std::optional<std::string> unhex(std::string_view text) {
  std::string bytes;
  if (text.size() % 2 != 0 || text.find_first_not_of(kHexDigits) != std::string_view::npos) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < text.size(); i += 2) {
    bytes += static_cast<char>(kHexDigits.find(text[i]) * 16 + kHexDigits.find(text[i + 1]));
  }
  return bytes;
}

}  // namespace

std::string makeListToken(const StoragePath& path, std::string_view lastName) {
  std::string token(kMarker);
  const auto sum = checksum(path, lastName);
  for (unsigned shift = 64; shift > 0; shift -= 8) {
    appendByte(token, static_cast<unsigned>((sum >> (shift - 8)) & 0xFFU));
  }
  for (const char c : lastName) {
    appendByte(token, static_cast<unsigned char>(c));
  }
  return token;
}

std::optional<std::string> parseListToken(const StoragePath& path, std::string_view token) {
  const auto start = kMarker.size() + kChecksumDigits;
  auto name = token.size() > start ? unhex(token.substr(start)) : std::nullopt;
  if (!name || makeListToken(path, *name) != token) {
    return std::nullopt;
  }
  return name;
}

}  // namespace mediadock::localdisk
