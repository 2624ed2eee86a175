#pragma once

/// \file
/// Converts storage paths to URLs, and hrefs back to storage paths.

#include "http/origin.h"
#include "mediadock/storage_path.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock::nextcloud {

/// How many of the `segments` of a request target lead to the root of its file tree: in a Nextcloud
/// URL those up to the user's root, `…/remote.php/dav/files/USER`; otherwise `plain`.
std::size_t rootDepth(const std::vector<std::string>& segments, std::size_t plain);

/// The URLs of one file tree. Immutable, hence thread-safe.
class DavUrls {
 public:
  static constexpr std::size_t kNoUserSegment = static_cast<std::size_t>(-1);

  /// `root` is the path of the provider's root, `userSegment` the index of the user ID in it:
  /// Nextcloud's hrefs may spell that differently from the request.
  DavUrls(http_client::Origin origin, std::vector<std::string> root,
          std::size_t userSegment = kNoUserSegment);

  /// The URLs of the tree below `path`.
  DavUrls below(const StoragePath& path) const;

  /// The request target of `path`, without a trailing slash (except for the root of the server).
  std::string target(const StoragePath& path) const;

  /// The same with a trailing slash: nginx requires it for collections.
  std::string collectionTarget(const StoragePath& path) const;

  /// The absolute URL of a target, for the `Destination` header.
  std::string destination(const std::string& target) const;

  /// The forms of `Destination` that a server behind a proxy may need, the preferred one first: as
  /// configured; without the TLS that the proxy terminates (Apache); the path alone (nginx).
  std::vector<std::string> destinations(const std::string& target) const;

  /// The path that an href refers to: absolute or relative to the server, any host, hex digits in
  /// either case. Returns nullopt if it is outside the root.
  std::optional<StoragePath> resolve(std::string_view href) const;

  const http_client::Origin& origin() const noexcept { return origin_; }

 private:
  bool isSameSegment(std::size_t index, const std::string& segment) const;

  http_client::Origin origin_;
  std::vector<std::string> root_;
  std::string encodedRoot_;
  std::size_t userSegment_;
};

}  // namespace mediadock::nextcloud
