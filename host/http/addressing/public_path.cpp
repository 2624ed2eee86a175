#include "http/addressing/public_path.h"

#include <algorithm>

namespace mediadock::http {
namespace {

bool isUnreserved(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

bool isSegment(std::string_view segment) noexcept {
  return !segment.empty() && segment != "." && segment != ".." &&
         std::all_of(segment.begin(), segment.end(), isUnreserved);
}

}  // namespace

std::optional<std::string> parsePublicPath(std::string_view text) {
  if (text.ends_with('/')) {
    text.remove_suffix(1);
  }
  if (text.size() > kMaxPublicPathBytes) {
    return std::nullopt;
  }
  for (std::string_view left = text; !left.empty();) {
    const std::size_t end = left.find('/', 1);
    if (left.front() != '/' || !isSegment(left.substr(1, end - 1))) {
      return std::nullopt;
    }
    left.remove_prefix(std::min(end, left.size()));
  }
  return std::string(text);
}

}  // namespace mediadock::http
