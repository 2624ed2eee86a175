#include "mediadock/etag.h"

#include <algorithm>

namespace mediadock {
namespace {

/// etagc of RFC 9110 §8.8.3: visible characters but the quote, and obs-text.
bool isTagCharacter(char c) noexcept {
  const auto byte = static_cast<unsigned char>(c);
  return byte == 0x21 || (byte >= 0x23 && byte != 0x7F);
}

}  // namespace

std::optional<ETag> ETag::parse(std::string_view text) {
  ETag tag;
  if (text.starts_with("W/")) {
    tag.isWeak = true;
    text.remove_prefix(2);
  }
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') {
    return std::nullopt;
  }
  text = text.substr(1, text.size() - 2);
  if (!std::all_of(text.begin(), text.end(), isTagCharacter)) {
    return std::nullopt;
  }
  tag.value = text;
  return tag;
}

std::string ETag::str() const {
  return (isWeak ? "W/\"" : "\"") + value + '"';
}

bool ETag::matchesStrongly(const ETag& other) const noexcept {
  return !isWeak && !other.isWeak && value == other.value;
}

bool ETag::matchesWeakly(const ETag& other) const noexcept {
  return value == other.value;
}

}  // namespace mediadock
