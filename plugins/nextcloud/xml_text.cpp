#include "xml_text.h"

#include "mediadock/storage_path.h"
#include "xml_names.h"
#include "xml_reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>

namespace mediadock {
namespace {

/// Of `&#x10FFFF;`, with room for zeros before the number.
constexpr std::size_t kLongestReference = 32;

enum class Class : std::uint8_t { Plain, High, Reference, Bracket, Return, Forbidden };

constexpr Class classOf(unsigned byte) {
  return byte >= 0x80                                  ? Class::High
         : byte == '&'                                 ? Class::Reference
         : byte == ']'                                 ? Class::Bracket
         : byte == '\r'                                ? Class::Return
         : byte < 0x20 && byte != '\t' && byte != '\n' ? Class::Forbidden
                                                       : Class::Plain;
}

constexpr std::array<Class, 256> kClasses = [] {
  std::array<Class, 256> table{};
  for (unsigned byte = 0; byte < table.size(); ++byte) {
    table[byte] = classOf(byte);
  }
  return table;
}();

Class classOf(char c) noexcept {
  return kClasses[static_cast<unsigned char>(c)];
}

/// Bytes of the UTF-8 character that begins with `c`, as far as that tells.
std::size_t characterLength(char c) noexcept {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
}

bool isNonCharacter(std::string_view character) {
  return character == "\xEF\xBF\xBE" || character == "\xEF\xBF\xBF";
}

void requireCharacter(std::string_view character) {
  if (!isValidUtf8(character) || isNonCharacter(character)) {
    refuseXml("not well-formed characters");
  }
}

bool isCharacter(std::uint32_t point) {
  return point == 0x9 || point == 0xA || point == 0xD || (point >= 0x20 && point <= 0xD7FF) ||
         (point >= 0xE000 && point <= 0xFFFD) || (point >= 0x10000 && point <= 0x10FFFF);
}

std::string encode(std::uint32_t point) {
  const auto tail = [point](unsigned shift) {
    return static_cast<char>(0x80U | ((point >> shift) & 0x3FU));
  };
  if (point < 0x80) {
    return {static_cast<char>(point)};
  }
  if (point < 0x800) {
    return {static_cast<char>(0xC0U | (point >> 6U)), tail(0)};
  }
  if (point < 0x10000) {
    return {static_cast<char>(0xE0U | (point >> 12U)), tail(6), tail(0)};
  }
  return {static_cast<char>(0xF0U | (point >> 18U)), tail(12), tail(6), tail(0)};
}

std::string resolveNumber(std::string_view digits) {
  const int base = digits.starts_with('x') ? 16 : 10;
  digits.remove_prefix(base == 16 ? 1 : 0);
  std::uint32_t point = 0;
  const auto* const end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, point, base);
  if (error != std::errc() || stop != end || !isCharacter(point)) {
    refuseXml("a reference to no character");
  }
  return encode(point);
}

/// What stands between `&` and `;`.
std::string resolve(std::string_view name) {
  constexpr std::pair<std::string_view, std::string_view> kNamed[] = {
      {"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}};
  if (name.starts_with('#')) {
    return resolveNumber(name.substr(1));
  }
  for (const auto& [known, text] : kNamed) {
    if (known == name) {
      return std::string(text);
    }
  }
  refuseXml("undefined entity");
}

/// White space in a value is blanks (§3.3.3).
void appendNormalised(std::string_view text, std::string& value) {
  for (const char c : withXmlLineEnds(text)) {
    value += c == '\t' || c == '\n' ? ' ' : c;
  }
}

/// The length of the reference at the beginning of `text`; nothing where its end is not there.
std::optional<std::size_t> referenceLength(std::string_view text) {
  const auto end = text.substr(0, kLongestReference).find(';');
  return end == std::string_view::npos ? std::nullopt : std::optional(end + 1);
}

}  // namespace

std::size_t readXmlText(const XmlText& text, IXmlHandler& handler) {
  const auto all = text.text;
  // What lies between is plain, and not given yet.
  std::size_t begin = 0;
  std::size_t at = 0;
  const auto give = [&](std::size_t next) {
    if (at > begin) {
      handler.text(all.substr(begin, at - begin));
    }
    begin = at = next;
  };
  for (;;) {
    while (at < all.size() && classOf(all[at]) == Class::Plain) {
      ++at;
    }
    if (at == all.size()) {
      give(at);
      return at;
    }
    const auto rest = all.substr(at);
    switch (classOf(rest.front())) {
      case Class::Plain:
        break;
      case Class::High: {
        const auto length = characterLength(rest.front());
        if (rest.size() < length && text.isOpen) {
          give(at);
          return at;
        }
        requireCharacter(rest.substr(0, length));
        at += std::min(length, rest.size());
        break;
      }
      case Class::Reference: {
        const auto length = referenceLength(rest);
        if (!length && text.isOpen && rest.size() < kLongestReference) {
          give(at);
          return at;
        }
        if (!length) {
          refuseXml("a reference without end");
        }
        const auto resolved = resolve(rest.substr(1, *length - 2));
        give(at + *length);
        handler.text(resolved);
        break;
      }
      case Class::Bracket:
        if (rest.starts_with("]]>")) {
          refuseXml("the end of a CDATA section without its beginning");
        }
        if (text.isOpen && (rest == "]" || rest == "]]")) {
          give(at);
          return at;
        }
        ++at;
        break;
      case Class::Return:
        if (text.isOpen && rest.size() == 1) {
          give(at);
          return at;
        }
        give(at + (rest.starts_with("\r\n") ? 2 : 1));
        handler.text("\n");
        break;
      case Class::Forbidden:
        refuseXml("a control character");
    }
  }
}

std::string decodeXmlValue(std::string_view value) {
  requireXmlCharacters(value);
  if (value.find('<') != std::string_view::npos) {
    refuseXml("a tag within a value");
  }
  std::string decoded;
  while (!value.empty()) {
    const auto reference = std::min(value.find('&'), value.size());
    appendNormalised(value.substr(0, reference), decoded);
    value.remove_prefix(reference);
    if (!value.empty()) {
      const auto length = referenceLength(value);
      if (!length) {
        refuseXml("a reference without end");
      }
      decoded += resolve(value.substr(1, *length - 2));
      value.remove_prefix(*length);
    }
  }
  return decoded;
}

void requireXmlCharacters(std::string_view text) {
  while (!text.empty()) {
    std::size_t length = 1;
    switch (classOf(text.front())) {
      case Class::High:
        length = std::min(characterLength(text.front()), text.size());
        requireCharacter(text.substr(0, length));
        break;
      case Class::Forbidden:
        refuseXml("a control character");
      default:
        break;
    }
    text.remove_prefix(length);
  }
}

std::string withXmlLineEnds(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool isReturn = text[at] == '\r';
    if (!isReturn || at + 1 == text.size() || text[at + 1] != '\n') {
      result += isReturn ? '\n' : text[at];
    }
  }
  return result;
}

}  // namespace mediadock
