#include "http/path_segments.h"

#include "mediadock/storage_path.h"

#include <cstddef>
#include <utility>

namespace mediadock::http_client {
namespace {

bool isUnreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

int hexValue(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  if (c >= 'a' && c <= 'f') {
    return c - 'a' + 10;
  }
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::optional<std::string> decodeSegment(std::string_view text) {
  std::string result(text.size(), '\0');
  std::span<char> rest = result;
  if (!decodeSegmentInto(text, rest)) {
    return std::nullopt;
  }
  result.resize(result.size() - rest.size());
  return result;
}

}  // namespace

std::string encodeSegment(std::string_view segment) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string result;
  result.reserve(segment.size());
  for (const char c : segment) {
    if (isUnreserved(c)) {
      result += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      result += '%';
      result += kHex[byte >> 4U];
      result += kHex[byte & 15U];
    }
  }
  return result;
}

std::string encodeSegments(const std::vector<std::string>& segments) {
  std::string result;
  for (const auto& segment : segments) {
    result += '/';
    result += encodeSegment(segment);
  }
  return result;
}

bool decodeSegmentInto(std::string_view segment, std::span<char>& out) {
  while (!segment.empty()) {
    if (out.empty()) {
      return false;
    }
    char c = segment.front();
    std::size_t length = 1;
    if (c == '%') {
      const int high = segment.size() > 2 ? hexValue(segment[1]) : -1;
      const int low = segment.size() > 2 ? hexValue(segment[2]) : -1;
      if (high < 0 || low < 0) {
        return false;
      }
      c = static_cast<char>(high * 16 + low);
      length = 3;
    }
    out.front() = c;
    out = out.subspan(1);
    segment.remove_prefix(length);
  }
  return true;
}

std::optional<std::vector<std::string>> decodePathSegments(std::string_view path) {
  std::vector<std::string> result;
  while (!path.empty()) {
    const auto slash = path.find('/');
    const auto text = path.substr(0, slash);
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
    if (text.empty()) {
      continue;
    }
    auto segment = decodeSegment(text);
    if (!segment || *segment == "." || *segment == ".." || !isValidUtf8(*segment)) {
      return std::nullopt;
    }
    result.push_back(std::move(*segment));
  }
  return result;
}

}  // namespace mediadock::http_client
