#include "http/connection_guard/clean_head.h"

#include "http/connection_guard/characters.h"
#include "http/connection_guard/request_head.h"

#include <algorithm>

namespace mediadock::guard {
namespace {

/// HTTPHeaderStreamBuf: a line is read in pieces of this size, and a piece of two bytes ends the
/// head.
constexpr std::size_t kPiece = 4092;
constexpr std::string_view kWordBegin = "=?UTF-8?Q?";
constexpr std::string_view kWordEnd = "?=";

/// MessageHeader::decodeWord touches no other value than those with this in them.
bool isDecodedByPoco(std::string_view value) noexcept {
  return value.find("=?") != std::string_view::npos;
}

bool isEscaped(char c) noexcept {
  return c == '=' || c == '?' || c == '_' || c == ' ';
}

/// The RFC 2047 word that stands for `value` itself.
void appendAsWord(std::string_view value, std::string& out) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  out += kWordBegin;
  for (const char c : value) {
    if (isEscaped(c)) {
      const auto byte = static_cast<unsigned char>(c);
      out += '=';
      out += kDigits[byte / 16];
      out += kDigits[byte % 16];
    } else {
      out += c;
    }
  }
  out += kWordEnd;
}

void appendLine(std::string_view before, std::string_view after, std::string& out) {
  const bool endsHeadEarly = (before.size() + 1 + after.size() + 2) % kPiece == 2;
  out.append(before).append(endsHeadEarly ? "  " : " ").append(after).append("\r\n");
}

void appendField(std::string_view name, std::string_view value, std::string& out) {
  std::string before(name);
  before += ':';
  if (isDecodedByPoco(value)) {
    std::string word;
    appendAsWord(value, word);
    appendLine(before, word, out);
  } else {
    appendLine(before, value, out);
  }
}

bool isRewritten(std::string_view name) noexcept {
  return equalsIgnoringCase(name, "Connection") || equalsIgnoringCase(name, "Expect");
}

}  // namespace

std::string writeCleanHead(const RequestHead& head) {
  std::string out;
  out.reserve(1024);
  appendLine(head.line.method + " " + head.line.target,
             head.line.isVersion11 ? "HTTP/1.1" : "HTTP/1.0", out);
  if (!head.line.authority.empty()) {
    appendField("Host", head.line.authority, out);
  }
  for (const auto& field : head.fields) {
    if (!isRewritten(field.name)) {
      appendField(field.name, field.value, out);
    }
  }
  // Poco never keeps an HTTP/1.0 connection unasked, and one more header may be one too many.
  if (!head.persists && head.line.isVersion11) {
    appendField("Connection", "close", out);
  }
  if (head.expectsContinue) {
    appendField("Expect", "100-continue", out);
  }
  out += "\r\n";
  return out;
}

std::size_t cleanValueBytes(std::string_view value) noexcept {
  if (!isDecodedByPoco(value)) {
    return value.size();
  }
  const auto escaped =
      static_cast<std::size_t>(std::count_if(value.begin(), value.end(), isEscaped));
  return kWordBegin.size() + value.size() + 2 * escaped + kWordEnd.size();
}

}  // namespace mediadock::guard
