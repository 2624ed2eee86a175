#include "http/http_head.h"

#include "mediadock/storage_error.h"

#include <Poco/String.h>

#include <algorithm>
#include <charconv>

namespace mediadock::http_client {
namespace {

constexpr std::size_t kOrdinaryFields = 24;

char toLower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool isSameName(std::string_view a, std::string_view b) noexcept {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return toLower(x) == toLower(y); });
}

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
  head.fields.emplace_back(line.substr(0, colon), value);
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

bool HttpHead::has(std::string_view name) const noexcept {
  return std::any_of(fields.begin(), fields.end(),
                     [&](const auto& field) { return isSameName(field.first, name); });
}

const std::string& HttpHead::field(std::string_view name) const noexcept {
  static const std::string kNone;
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const auto& field) { return isSameName(field.first, name); });
  return found == fields.end() ? kNone : found->second;
}

std::optional<std::uint64_t> HttpHead::number(std::string_view name) const noexcept {
  std::optional<std::uint64_t> result;
  for (const auto& [key, text] : fields) {
    if (!isSameName(key, name)) {
      continue;
    }
    const auto value = parseDecimal(text);
    if (!value || (result && result != value)) {
      return std::nullopt;
    }
    result = value;
  }
  return result;
}

bool HttpHead::keepsConnection() const {
  return isHttp11 && std::none_of(fields.begin(), fields.end(), [](const auto& field) {
           return isSameName(field.first, "Connection") &&
                  Poco::toLower(field.second).find("close") != std::string::npos;
         });
}

HttpHead parseHttpHead(std::string_view text) {
  HttpHead head;
  head.fields.reserve(kOrdinaryFields);
  parseStatusLine(takeLine(text), head);
  while (!text.empty()) {
    parseField(takeLine(text), head);
  }
  return head;
}

}  // namespace mediadock::http_client
