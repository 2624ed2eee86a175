#pragma once

/// \file
/// Storage paths to URLs and hrefs back to storage paths.

#include "http/origin.h"
#include "mediadock/storage_path.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock {

/// How many `segments` of a request target lead to the root of its files tree: in a Nextcloud's
/// address to the user's own, `…/remote.php/dav/files/USER`, else `plain`.
std::size_t rootDepth(const std::vector<std::string>& segments, std::size_t plain);

/// The addresses of one files tree. Immutable; safe to share.
class DavUrls {
 public:
  static constexpr std::size_t kNoUserSegment = static_cast<std::size_t>(-1);

  /// `root` leads to the provider's root, `userSegment` is the place of the user id in it:
  /// Nextcloud spells that as the request does, or as it likes.
  DavUrls(Origin origin, std::vector<std::string> root, std::size_t userSegment = kNoUserSegment);

  /// The tree below `path` of this one.
  DavUrls below(const StoragePath& path) const;

  /// The request target of `path`, without a trailing slash (but for the root of the server).
  std::string target(const StoragePath& path) const;

  /// The same with a trailing slash: nginx demands it of collections.
  std::string collectionTarget(const StoragePath& path) const;

  /// The absolute URL for `Destination` of a target.
  std::string destination(const std::string& target) const;

  /// The forms that it may have to take for a server behind a proxy, the best one first: as
  /// configured; without the TLS that the proxy took off (Apache); the path alone (nginx).
  std::vector<std::string> destinations(const std::string& target) const;

  /// The path that an href names: absolute or relative to the server, any host, either case of hex
  /// digits. Nothing where it lies outside the root.
  std::optional<StoragePath> resolve(std::string_view href) const;

  const Origin& origin() const noexcept { return origin_; }

 private:
  bool isSameSegment(std::size_t index, const std::string& segment) const;

  Origin origin_;
  std::vector<std::string> root_;
  std::string encodedRoot_;
  std::size_t userSegment_;
};

}  // namespace mediadock
