#include "http_head.h"

#include "mediadock/storage_error.h"

#include <Poco/String.h>

#include <charconv>

namespace mediadock {
namespace {

[[noreturn]] void refuse(const char* why) {
  throw StorageError(StorageErrc::Protocol, std::string("the storage's answer is no HTTP: ") + why);
}

void parseStatusLine(std::string_view line, HttpHead& head) {
  if (!line.starts_with("HTTP/1.") || line.size() < 12 || line[8] != ' ' ||
      (line.size() > 12 && line[12] != ' ')) {
    refuse("bad status line");
  }
  head.isHttp11 = line[7] != '0';
  const auto status = parseDecimal(line.substr(9, 3));
  if (!status || *status < 100) {
    refuse("bad status");
  }
  head.status = static_cast<int>(*status);
}

void parseField(std::string_view line, HttpHead& head) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0 ||
      line.substr(0, colon).find_first_of(" \t") != std::string_view::npos) {
    refuse("bad header line");
  }
  auto value = line.substr(colon + 1);
  while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) {
    value.remove_prefix(1);
  }
  while (!value.empty() && (value.back() == ' ' || value.back() == '\t')) {
    value.remove_suffix(1);
  }
  head.fields.add(std::string(line.substr(0, colon)), std::string(value));
}

std::string_view takeLine(std::string_view& text) {
  const auto end = text.find('\n');
  auto line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (line.ends_with('\r')) {
    line.remove_suffix(1);
  }
  return line;
}

}  // namespace

std::optional<std::uint64_t> parseDecimal(std::string_view text) noexcept {
  std::uint64_t number = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end) {
    return std::nullopt;
  }
  return number;
}

std::string HttpHead::field(const std::string& name) const {
  return fields.get(name, "");
}

std::optional<std::uint64_t> HttpHead::number(const std::string& name) const {
  std::optional<std::uint64_t> result;
  for (auto it = fields.find(name); it != fields.end() && Poco::icompare(it->first, name) == 0;
       ++it) {
    const auto value = parseDecimal(it->second);
    if (!value || (result && result != value)) {
      return std::nullopt;
    }
    result = value;
  }
  return result;
}

bool HttpHead::keepsConnection() const {
  const auto connection = Poco::toLower(field("Connection"));
  return isHttp11 && connection.find("close") == std::string::npos;
}

HttpHead parseHttpHead(std::string_view text) {
  HttpHead head;
  parseStatusLine(takeLine(text), head);
  while (!text.empty()) {
    parseField(takeLine(text), head);
  }
  return head;
}

}  // namespace mediadock
