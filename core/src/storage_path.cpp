#include "mediadock/storage_path.h"

#include "mediadock/storage_error.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace mediadock {
namespace {

/// The length in bytes of the well-formed UTF-8 sequence at the start of `text`, and its code
/// point; length 0 where there is none.
struct CodePoint {
  std::size_t length = 0;
  std::uint32_t value = 0;
};

CodePoint firstCodePoint(std::string_view text) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto first = byte(0);
  if (first < 0x80) {
    return {1, first};
  }
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) {
    return {};
  }
  std::uint32_t value = first & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80) {
      return {};
    }
    value = (value << 6U) | (byte(i) & 0x3FU);
  }
  constexpr std::uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool isSurrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < kSmallest[length] || value > 0x10FFFF || isSurrogate) {
    return {};
  }
  return {length, value};
}

bool isControl(std::uint32_t codePoint) noexcept {
  return codePoint < 0x20 || (codePoint >= 0x7F && codePoint <= 0x9F);
}

[[noreturn]] void refuse(const std::string& why) {
  throw StorageError(StorageErrc::InvalidPath, "invalid path: " + why);
}

void checkCharacters(std::string_view text) {
  const auto isPlain = [](char c) { return c >= 0x20 && c < 0x7F; };
  for (;;) {
    const auto other = std::find_if_not(text.begin(), text.end(), isPlain);
    text.remove_prefix(static_cast<std::size_t>(other - text.begin()));
    if (text.empty()) {
      return;
    }
    const auto [length, value] = firstCodePoint(text);
    if (length == 0) {
      refuse("it is not valid UTF-8");
    }
    if (isControl(value)) {
      refuse("it has a control character");
    }
    text.remove_prefix(length);
  }
}

void checkSegment(std::string_view segment) {
  if (segment.empty()) {
    refuse("it has an empty segment (a leading, trailing or doubled slash)");
  }
  if (segment == "." || segment == "..") {
    refuse("it has a '.' or '..' segment");
  }
  if (segment.size() > StoragePath::kMaxNameBytes) {
    refuse("a name in it is longer than " + std::to_string(StoragePath::kMaxNameBytes) + " bytes");
  }
}

void checkLength(std::string_view text) {
  if (text.size() > StoragePath::kMaxPathBytes) {
    refuse("it is longer than " + std::to_string(StoragePath::kMaxPathBytes) + " bytes");
  }
}

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> segments;
  while (true) {
    const auto slash = text.find('/');
    segments.push_back(text.substr(0, slash));
    if (slash == std::string_view::npos) {
      return segments;
    }
    text.remove_prefix(slash + 1);
  }
}

}  // namespace

StoragePath StoragePath::parse(std::string_view text) {
  if (text.empty()) {
    return {};
  }
  checkLength(text);
  checkCharacters(text);
  for (std::size_t begin = 0; begin <= text.size();) {
    const auto end = std::min(text.find('/', begin), text.size());
    checkSegment(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return StoragePath(std::string(text));
}

std::string_view StoragePath::name() const noexcept {
  // Sorting asks for it again and again: the library's search from behind goes byte by byte.
  const auto* const slash = static_cast<const char*>(::memrchr(text_.data(), '/', text_.size()));
  const std::string_view text = text_;
  return slash == nullptr ? text : text.substr(static_cast<std::size_t>(slash - text_.data()) + 1);
}

StoragePath StoragePath::parent() const {
  const auto slash = text_.rfind('/');
  return slash == std::string::npos ? StoragePath() : StoragePath(text_.substr(0, slash));
}

StoragePath StoragePath::child(std::string_view name) const {
  if (name.find('/') != std::string_view::npos) {
    refuse("a name in it has a slash");
  }
  checkCharacters(name);
  checkSegment(name);
  auto text = text_.empty() ? std::string(name) : text_ + '/' + std::string(name);
  checkLength(text);
  return StoragePath(std::move(text));
}

std::vector<std::string_view> StoragePath::segments() const {
  return text_.empty() ? std::vector<std::string_view>{} : split(text_);
}

bool StoragePath::isWithin(const StoragePath& ancestor) const noexcept {
  const auto& prefix = ancestor.text_;
  return prefix.empty() || (text_.starts_with(prefix) &&
                            (text_.size() == prefix.size() || text_[prefix.size()] == '/'));
}

StoragePath StoragePath::rebased(const StoragePath& from, const StoragePath& to) const {
  std::string_view rest = text_;
  rest.remove_prefix(from.text_.size());
  if (rest.starts_with('/')) {
    rest.remove_prefix(1);
  }
  if (rest.empty()) {
    return to;
  }
  auto text = to.text_.empty() ? std::string(rest) : to.text_ + '/' + std::string(rest);
  checkLength(text);
  return StoragePath(std::move(text));
}

bool isValidUtf8(std::string_view text) noexcept {
  while (!text.empty()) {
    const auto length = firstCodePoint(text).length;
    if (length == 0) {
      return false;
    }
    text.remove_prefix(length);
  }
  return true;
}

}  // namespace mediadock
