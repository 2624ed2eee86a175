#include "http/syntax/plain_text.h"

#include "base/text.h"

#include <Poco/UTF8Encoding.h>

namespace mediadock::http {
namespace {

constexpr int kLineSeparator = 0x2028;
constexpr int kParagraphSeparator = 0x2029;

bool isControl(int codePoint) {
  return codePoint < 0x20 || (codePoint >= 0x7F && codePoint <= 0x9F) ||
         codePoint == kLineSeparator || codePoint == kParagraphSeparator;
}

void appendEscaped(std::string& out, std::string_view bytes) {
  for (; !bytes.empty(); bytes.remove_prefix(1)) {
    out.append("\\x").append(base::encodeHex(bytes.substr(0, 1)));
  }
}

/// Length of the first character of `text` in bytes; 0 if it is not valid UTF-8.
std::size_t firstLength(std::string_view text) {
  const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
  const Poco::UTF8Encoding utf8;
  const int length = utf8.sequenceLength(bytes, 1);
  const bool isWhole = length > 0 && static_cast<std::size_t>(length) <= text.size() &&
                       Poco::UTF8Encoding::isLegal(bytes, length);
  return isWhole ? static_cast<std::size_t>(length) : 0;
}

int codePointOf(std::string_view character) {
  const auto* const bytes = reinterpret_cast<const unsigned char*>(character.data());
  return Poco::UTF8Encoding().queryConvert(bytes, static_cast<int>(character.size()));
}

template <typename IsEscaped>
std::string escape(std::string_view text, IsEscaped isEscaped) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = firstLength(text);
    const auto character = text.substr(0, length == 0 ? 1 : length);
    if (length == 0 || isEscaped(codePointOf(character))) {
      appendEscaped(out, character);
    } else {
      out += character;
    }
    text.remove_prefix(character.size());
  }
  return out;
}

}  // namespace

std::string toUtf8(std::string_view text) {
  return escape(text, [](int) { return false; });
}

std::string toOneLine(std::string_view text) {
  return escape(text, isControl);
}

}  // namespace mediadock::http
