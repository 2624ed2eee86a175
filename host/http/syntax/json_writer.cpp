#include "http/syntax/json_writer.h"

#include "http/syntax/plain_text.h"
#include "mediadock/storage_path.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace mediadock::http {
namespace {

/// Maximum length of an escaped byte.
constexpr std::size_t kMostEscaped = 6;
constexpr std::size_t kMostDigits = 20;

constexpr bool mustBeEscaped(unsigned char byte) {
  return byte < 0x20 || byte == 0x7F || byte == '"' || byte == '\\' || byte == '<';
}

constexpr std::array<bool, 256> kMustBeEscaped = [] {
  std::array<bool, 256> table{};
  for (std::size_t byte = 0; byte < table.size(); ++byte) {
    table[byte] = mustBeEscaped(static_cast<unsigned char>(byte));
  }
  return table;
}();

char* escape(char* out, char c) {
  constexpr char kDigits[] = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  *out++ = '\\';
  if (c == '"' || c == '\\') {
    *out++ = c;
    return out;
  }
  *out++ = 'u';
  *out++ = '0';
  *out++ = '0';
  *out++ = kDigits[byte >> 4U];
  *out++ = kDigits[byte & 15U];
  return out;
}

}  // namespace

JsonWriter& JsonWriter::beginObject() {
  separate();
  put('{');
  needsComma_ = false;
  return *this;
}

JsonWriter& JsonWriter::endObject() {
  put('}');
  needsComma_ = true;
  return *this;
}

JsonWriter& JsonWriter::beginArray() {
  separate();
  put('[');
  needsComma_ = false;
  return *this;
}

JsonWriter& JsonWriter::endArray() {
  put(']');
  needsComma_ = true;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  char* out = reserve(name.size() + 4);
  if (needsComma_) {
    *out++ = ',';
  }
  *out++ = '"';
  out = std::copy(name.begin(), name.end(), out);
  *out++ = '"';
  *out++ = ':';
  size_ = static_cast<std::size_t>(out - buffer_.data());
  needsComma_ = false;
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
  return value({text});
}

JsonWriter& JsonWriter::value(std::initializer_list<std::string_view> pieces) {
  separate();
  put('"');
  for (const std::string_view piece : pieces) {
    putEscaped(piece);
  }
  put('"');
  needsComma_ = true;
  return *this;
}

JsonWriter& JsonWriter::value(std::uint64_t number) {
  separate();
  char* const out = reserve(kMostDigits);
  size_ += static_cast<std::size_t>(std::to_chars(out, out + kMostDigits, number).ptr - out);
  needsComma_ = true;
  return *this;
}

JsonWriter& JsonWriter::value(bool flag) {
  separate();
  put(flag ? std::string_view("true") : std::string_view("false"));
  needsComma_ = true;
  return *this;
}

JsonWriter& JsonWriter::null() {
  separate();
  put(std::string_view("null"));
  needsComma_ = true;
  return *this;
}

JsonWriter& JsonWriter::valueOrNull(std::string_view text) {
  return text.empty() ? null() : value(text);
}

JsonWriter& JsonWriter::lineBreak() {
  put('\n');
  return *this;
}

std::string JsonWriter::take() noexcept {
  buffer_.resize(size_);
  size_ = 0;
  return std::exchange(buffer_, {});
}

char* JsonWriter::reserve(std::size_t bytes) {
  constexpr std::size_t kLeast = 256;
  if (buffer_.size() - size_ < bytes) {
    buffer_.resize(std::max(buffer_.size() * 2, size_ + bytes + kLeast));
  }
  return buffer_.data() + size_;
}

void JsonWriter::put(char c) {
  *reserve(1) = c;
  ++size_;
}

void JsonWriter::put(std::string_view text) {
  std::copy(text.begin(), text.end(), reserve(text.size()));
  size_ += text.size();
}

/// Most texts need no escaping: they are scanned and copied.
void JsonWriter::putEscaped(std::string_view text) {
  if (!isValidUtf8(text)) {
    const std::string valid = toUtf8(text);
    putEscaped(valid);
    return;
  }
  const auto isPlain = [](char c) { return !kMustBeEscaped[static_cast<unsigned char>(c)]; };
  while (!text.empty()) {
    const auto end = std::find_if_not(text.begin(), text.end(), isPlain);
    const auto plain = static_cast<std::size_t>(end - text.begin());
    put(text.substr(0, plain));
    text.remove_prefix(plain);
    if (!text.empty()) {
      char* const out = reserve(kMostEscaped);
      size_ += static_cast<std::size_t>(escape(out, text.front()) - out);
      text.remove_prefix(1);
    }
  }
}

void JsonWriter::separate() {
  if (needsComma_) {
    put(',');
  }
}

}  // namespace mediadock::http
