#include "dav_urls.h"

#include "mediadock/storage_error.h"

#include <Poco/String.h>

#include <utility>

namespace mediadock {
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

/// `+` stays a plus: it is a space in forms only.
std::optional<std::string> decodeSegment(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      result += text[i];
      continue;
    }
    const int high = i + 2 < text.size() ? hexValue(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? hexValue(text[i + 2]) : -1;
    if (high < 0 || low < 0) {
      return std::nullopt;
    }
    result += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return result;
}

/// The path of an href, cut as text: nothing is decoded before the split.
std::string_view hrefPath(std::string_view href) {
  const auto scheme = href.find("://");
  if (scheme != std::string_view::npos && href.find('/') > scheme) {
    const auto path = href.find('/', scheme + 3);
    return path == std::string_view::npos ? std::string_view("/") : href.substr(path);
  }
  return href;
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

DavUrls::DavUrls(Origin origin, std::vector<std::string> root, std::size_t userSegment)
    : origin_(std::move(origin)),
      root_(std::move(root)),
      encodedRoot_(encodeSegments(root_)),
      userSegment_(userSegment) {}

DavUrls DavUrls::below(const StoragePath& path) const {
  auto root = root_;
  for (const auto segment : path.segments()) {
    root.emplace_back(segment);
  }
  return {origin_, std::move(root), userSegment_};
}

std::string DavUrls::target(const StoragePath& path) const {
  std::string result = encodedRoot_;
  for (const auto segment : path.segments()) {
    result += '/';
    result += encodeSegment(segment);
  }
  return result.empty() ? "/" : result;
}

std::string DavUrls::collectionTarget(const StoragePath& path) const {
  auto result = target(path);
  return result.back() == '/' ? result : result + "/";
}

std::string DavUrls::destination(const std::string& target) const {
  return origin_.str() + target;
}

std::vector<std::string> DavUrls::destinations(const std::string& target) const {
  std::vector<std::string> forms{destination(target)};
  if (origin_.isTls) {
    forms.push_back("http://" + origin_.authority() + target);
  }
  forms.push_back(target);
  return forms;
}

bool DavUrls::isSameSegment(std::size_t index, const std::string& segment) const {
  return root_[index] == segment ||
         (index == userSegment_ && Poco::icompare(root_[index], segment) == 0);
}

std::optional<StoragePath> DavUrls::resolve(std::string_view href) const {
  const auto segments = decodePathSegments(hrefPath(href));
  if (!segments || segments->size() < root_.size()) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < root_.size(); ++i) {
    if (!isSameSegment(i, (*segments)[i])) {
      return std::nullopt;
    }
  }
  try {
    StoragePath path;
    for (std::size_t i = root_.size(); i < segments->size(); ++i) {
      path = path.child((*segments)[i]);
    }
    return path;
  } catch (const StorageError&) {
    return std::nullopt;
  }
}

}  // namespace mediadock
