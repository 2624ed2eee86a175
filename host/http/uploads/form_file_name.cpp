#include "http/uploads/form_file_name.h"

#include "http/syntax/digest.h"
#include "http/syntax/headers.h"
#include "http/syntax/problem_exception.h"
#include "mediadock/storage_path.h"

#include <algorithm>
#include <charconv>
#include <cstddef>

namespace mediadock::http {
namespace {

bool isUnreserved(char c) noexcept {
  constexpr std::string_view kMarks = "-._~";
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         kMarks.find(c) != std::string_view::npos;
}

bool isAscii(char c) noexcept {
  return static_cast<unsigned char>(c) < 0x80;
}

/// Whether `text` can be a file name. Further restrictions are up to the storage.
bool isName(std::string_view text) {
  const std::string_view name = lastSegment(text);
  return !name.empty() && name != "." && name != ".." && isValidUtf8(name) &&
         !hasControlCharacter(name) && name.find('\t') == name.npos;
}

std::optional<std::string> asName(std::optional<std::string> text) {
  return text && isName(*text) ? std::move(text) : std::nullopt;
}

/// `text` with each `mark` and the two hex digits after it replaced by the byte.
std::optional<std::string> unescaped(std::string_view text, char mark) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != mark) {
      bytes += text[i];
      continue;
    }
    const std::string_view digits = text.substr(i + 1, 2);
    unsigned byte = 0;
    const auto [stop, error] = std::from_chars(digits.begin(), digits.end(), byte, 16);
    if (digits.size() != 2 || error != std::errc() || stop != digits.end()) {
      return std::nullopt;
    }
    bytes += static_cast<char>(byte);
    i += digits.size();
  }
  return bytes;
}

std::string fromLatin1(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      text += c;
    } else {
      text += static_cast<char>(0xC0U | (byte >> 6U));
      text += static_cast<char>(0x80U | (byte & 0x3FU));
    }
  }
  return text;
}

/// Returns nullopt for an unknown charset. Does not check that UTF-8 is valid.
std::optional<std::string> toUtf8(std::string bytes, std::string_view charset) {
  const std::string name = base::toLowerAscii(charset);
  if (name == "iso-8859-1") {
    return fromLatin1(bytes);
  }
  return name == "utf-8" || name == "us-ascii" ? std::optional(std::move(bytes)) : std::nullopt;
}

/// Decodes a `filename*`: charset, language and text separated by single quotes (RFC 8187 §3.2.1).
std::optional<std::string> decodeExtended(std::string_view value) {
  const std::size_t language = value.find('\'');
  const std::size_t text = language == value.npos ? value.npos : value.find('\'', language + 1);
  if (text == value.npos) {
    return std::nullopt;
  }
  auto bytes = unescaped(value.substr(text + 1), '%');
  return bytes ? toUtf8(*std::move(bytes), value.substr(0, language)) : std::nullopt;
}

/// Decodes one encoded word without its `=?` and `?=` (RFC 2047 §2): charset, encoding and text.
std::optional<std::string> decodeWord(std::string_view word) {
  const std::size_t encoding = word.find('?');
  if (encoding == word.npos || word.size() < encoding + 3 || word[encoding + 2] != '?') {
    return std::nullopt;
  }
  std::string text(word.substr(encoding + 3));
  std::optional<std::string> bytes;
  switch (word[encoding + 1]) {
    case 'B':
    case 'b':
      bytes = decodeBase64(text, Base64Alphabet::Standard);
      break;
    case 'Q':
    case 'q':
      std::replace(text.begin(), text.end(), '_', ' ');
      bytes = unescaped(text, '=');
      break;
    default:
      break;
  }
  const std::string_view charset = word.substr(0, std::min(word.find('*'), encoding));
  return bytes ? toUtf8(*std::move(bytes), charset) : std::nullopt;
}

/// Decodes encoded words, dropping the blanks between them. Returns nullopt for any other text.
std::optional<std::string> decodeWords(std::string_view text) {
  constexpr std::string_view kBegin = "=?";
  constexpr std::string_view kEnd = "?=";
  std::string decoded;
  for (text = base::trimmed(text); !text.empty(); text = base::trimmed(text)) {
    // A word ends at its third question mark at the earliest: text in Q encoding may begin with
    // `=`.
    const std::size_t charsetEnd = text.find('?', kBegin.size());
    const std::size_t end = charsetEnd == text.npos ? text.npos : text.find(kEnd, charsetEnd + 3);
    if (!text.starts_with(kBegin) || end == text.npos) {
      return std::nullopt;
    }
    const auto word = decodeWord(text.substr(kBegin.size(), end - kBegin.size()));
    if (!word) {
      return std::nullopt;
    }
    decoded += *word;
    text.remove_prefix(end + kEnd.size());
  }
  return decoded;
}

/// Returns nullopt for text that need not be percent-encoded.
std::optional<std::string> decodePercent(std::string_view text) {
  if (!std::all_of(text.begin(), text.end(), [](char c) { return isUnreserved(c) || c == '%'; })) {
    return std::nullopt;
  }
  auto decoded = unescaped(text, '%');
  const bool isMoreThanAscii = decoded && !std::all_of(decoded->begin(), decoded->end(), isAscii);
  return isMoreThanAscii ? std::move(decoded) : std::nullopt;
}

std::string plainName(std::string value) {
  for (const auto decode : {decodeWords, decodePercent}) {
    if (auto name = asName(decode(value))) {
      return *std::move(name);
    }
  }
  return withQuotes(std::move(value));
}

}  // namespace

std::optional<std::string> formFileName(std::string_view disposition) {
  auto plain = headerParameter(disposition, "filename");
  const auto extended = headerParameter(disposition, "filename*");
  auto name = extended ? asName(decodeExtended(*extended)) : std::nullopt;
  if (extended && !name && !plain) {
    throw ProblemException(400, "the filename* of a part is not well-formed (RFC 8187)");
  }
  if (!name && plain) {
    name = plainName(*std::move(plain));
  }
  return name ? std::optional<std::string>(lastSegment(*name)) : std::nullopt;
}

std::string withQuotes(std::string text) {
  constexpr std::string_view kQuote = "%22";
  for (std::size_t at = text.find(kQuote); at != text.npos; at = text.find(kQuote, at + 1)) {
    text.replace(at, kQuote.size(), 1, '"');
  }
  return text;
}

std::string_view lastSegment(std::string_view path) noexcept {
  const std::size_t slash = path.find_last_of("/\\");
  return slash == path.npos ? path : path.substr(slash + 1);
}

}  // namespace mediadock::http
