#include "http/syntax/percent_encoding.h"

#include "base/text.h"
#include "mediadock/storage_path.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace mediadock::http {
namespace {

constexpr bool isUnreserved(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

/// A table for speed: listings have two URLs per entry, and this is looked up for each byte.
constexpr std::array<bool, 256> kUnreserved = [] {
  std::array<bool, 256> table{};
  for (std::size_t byte = 0; byte < table.size(); ++byte) {
    table[byte] = isUnreserved(static_cast<char>(byte));
  }
  return table;
}();

}  // namespace

std::optional<std::string> percentDecode(std::string_view text, PlusSign plus) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      const int high = i + 2 < text.size() ? base::hexValue(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? base::hexValue(text[i + 2]) : -1;
      if (high < 0 || low < 0) {
        return std::nullopt;
      }
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus == PlusSign::Space) {
      c = ' ';
    }
    if (c == '\0') {
      return std::nullopt;
    }
    decoded += c;
  }
  return isValidUtf8(decoded) ? std::optional(decoded) : std::nullopt;
}

std::string percentEncode(std::string_view text) {
  std::string encoded;
  appendPercentEncoded(text, encoded);
  return encoded;
}

void appendPercentEncoded(std::string_view text, std::string& encoded) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  const auto isPlain = [](char c) { return kUnreserved[static_cast<unsigned char>(c)]; };
  encoded.reserve(encoded.size() + text.size() + 16);
  while (!text.empty()) {
    const auto end = std::find_if_not(text.begin(), text.end(), isPlain);
    encoded.append(text.begin(), end);
    text.remove_prefix(static_cast<std::size_t>(end - text.begin()));
    if (!text.empty()) {
      const auto byte = static_cast<unsigned char>(text.front());
      encoded.append({'%', kDigits[byte >> 4U], kDigits[byte & 15U]});
      text.remove_prefix(1);
    }
  }
}

}  // namespace mediadock::http
