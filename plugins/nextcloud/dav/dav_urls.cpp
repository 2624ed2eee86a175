#include "dav/dav_urls.h"

#include "http/path_segments.h"
#include "mediadock/storage_error.h"

#include <Poco/String.h>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace mediadock::nextcloud {
namespace {

/// Decodes each segment of `text` separately: a `%2F` does not separate segments.
std::optional<StoragePath> decodePath(std::string_view text) {
  std::array<char, StoragePath::kMaxPathBytes> buffer;
  std::span<char> rest = buffer;
  while (!text.empty()) {
    const auto slash = std::min(text.find('/'), text.size());
    const auto segment = text.substr(0, slash);
    text.remove_prefix(std::min(slash + 1, text.size()));
    if (segment.empty()) {
      continue;
    }
    if (rest.size() < buffer.size()) {
      if (rest.empty()) {
        return std::nullopt;
      }
      rest.front() = '/';
      rest = rest.subspan(1);
    }
    const char* const begin = rest.data();
    if (!http_client::decodeSegmentInto(segment, rest) ||
        std::string_view(begin, static_cast<std::size_t>(rest.data() - begin)).find('/') !=
            std::string_view::npos) {
      return std::nullopt;
    }
  }
  try {
    return StoragePath::parse({buffer.data(), buffer.size() - rest.size()});
  } catch (const StorageError&) {
    return std::nullopt;
  }
}

/// The path of an href as text: decoded only after splitting.
std::string_view hrefPath(std::string_view href) {
  const auto scheme = href.find("://");
  if (scheme != std::string_view::npos && href.find('/') > scheme) {
    const auto path = href.find('/', scheme + 3);
    return path == std::string_view::npos ? std::string_view("/") : href.substr(path);
  }
  return href;
}

}  // namespace

std::size_t rootDepth(const std::vector<std::string>& segments, std::size_t plain) {
  const auto script = std::find(segments.begin(), segments.end(), "remote.php");
  if (script == segments.end()) {
    return plain;
  }
  return static_cast<std::size_t>(script - segments.begin()) + 4;
}

DavUrls::DavUrls(http_client::Origin origin, std::vector<std::string> root, std::size_t userSegment)
    : origin_(std::move(origin)),
      root_(std::move(root)),
      encodedRoot_(http_client::encodeSegments(root_)),
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
    result += http_client::encodeSegment(segment);
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
  const auto path = hrefPath(href);
  // The usual case: spelled as in our own requests.
  if (path.starts_with(encodedRoot_) &&
      (path.size() == encodedRoot_.size() || path[encodedRoot_.size()] == '/')) {
    return decodePath(path.substr(encodedRoot_.size()));
  }
  const auto segments = http_client::decodePathSegments(path);
  if (!segments || segments->size() < root_.size()) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < root_.size(); ++i) {
    if (!isSameSegment(i, (*segments)[i])) {
      return std::nullopt;
    }
  }
  try {
    StoragePath result;
    for (std::size_t i = root_.size(); i < segments->size(); ++i) {
      result = result.child((*segments)[i]);
    }
    return result;
  } catch (const StorageError&) {
    return std::nullopt;
  }
}

}  // namespace mediadock::nextcloud
