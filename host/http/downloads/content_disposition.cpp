#include "http/downloads/content_disposition.h"

#include "http/syntax/percent_encoding.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace mediadock::http {
namespace {

std::size_t sequenceLength(char first) noexcept {
  const auto byte = static_cast<unsigned char>(first);
  return byte < 0x80 ? 1 : byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
}

/// U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069.
bool isDirectionMark(std::string_view sequence) noexcept {
  if (sequence == "\xD8\x9C" || sequence == "\xE2\x80\x8E" || sequence == "\xE2\x80\x8F") {
    return true;
  }
  return (sequence >= "\xE2\x80\xAA" && sequence <= "\xE2\x80\xAE") ||
         (sequence >= "\xE2\x81\xA6" && sequence <= "\xE2\x81\xA9");
}

bool isPlainAscii(char c) noexcept {
  return c >= 0x20 && c < 0x7F && c != '%';
}

std::string asciiForm(std::string_view name) {
  const bool isExact = std::all_of(name.begin(), name.end(), isPlainAscii);
  std::string ascii;
  for (std::size_t i = 0; i < name.size();) {
    const char c = name[i];
    const std::string_view sequence = name.substr(i, sequenceLength(c));
    i += sequence.size();
    if (isDirectionMark(sequence)) {
      continue;
    }
    if (!isPlainAscii(c)) {
      ascii += '_';
    } else if (c == '"' || c == '\\') {
      // An inexact form avoids escapes, which old browsers get wrong.
      ascii += isExact ? std::string{'\\', c} : std::string(1, c == '"' ? '\'' : '_');
    } else {
      ascii += c;
    }
  }
  return ascii;
}

}  // namespace

std::string contentDisposition(Disposition disposition, std::string_view filename) {
  return std::string(disposition == Disposition::Inline ? "inline" : "attachment") +
         "; filename=\"" + asciiForm(filename) + "\"; filename*=UTF-8''" + percentEncode(filename);
}

}  // namespace mediadock::http
