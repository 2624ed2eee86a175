#include "http/json_writer.h"

#include <utility>

namespace mediadock {
namespace {

void appendEscaped(std::string& out, char c) {
  constexpr char kDigits[] = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  if (c == '"' || c == '\\') {
    out += {'\\', c};
  } else if (byte < 0x20 || byte == 0x7F || c == '<') {
    out += {'\\', 'u', '0', '0', kDigits[byte >> 4U], kDigits[byte & 15U]};
  } else {
    out += c;
  }
}

}  // namespace

JsonWriter& JsonWriter::beginObject() {
  separate();
  text_ += '{';
  needsComma_ = false;
  return *this;
}

JsonWriter& JsonWriter::endObject() {
  text_ += '}';
  needsComma_ = true;
  return *this;
}

JsonWriter& JsonWriter::beginArray() {
  separate();
  text_ += '[';
  needsComma_ = false;
  return *this;
}

JsonWriter& JsonWriter::endArray() {
  text_ += ']';
  needsComma_ = true;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  value(name);
  text_ += ':';
  needsComma_ = false;
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
  separate();
  text_ += '"';
  for (const char c : text) {
    appendEscaped(text_, c);
  }
  text_ += '"';
  needsComma_ = true;
  return *this;
}

JsonWriter& JsonWriter::value(std::uint64_t number) {
  separate();
  text_ += std::to_string(number);
  needsComma_ = true;
  return *this;
}

JsonWriter& JsonWriter::value(bool flag) {
  separate();
  text_ += flag ? "true" : "false";
  needsComma_ = true;
  return *this;
}

JsonWriter& JsonWriter::null() {
  separate();
  text_ += "null";
  needsComma_ = true;
  return *this;
}

JsonWriter& JsonWriter::valueOrNull(std::string_view text) {
  return text.empty() ? null() : value(text);
}

JsonWriter& JsonWriter::lineBreak() {
  text_ += '\n';
  return *this;
}

std::string JsonWriter::take() noexcept {
  return std::exchange(text_, {});
}

void JsonWriter::separate() {
  if (needsComma_) {
    text_ += ',';
  }
}

}  // namespace mediadock
