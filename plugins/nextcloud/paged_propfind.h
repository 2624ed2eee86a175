#pragma once

/// \file
/// Nextcloud's listings in pages (`X-NC-Paginate`), so that no answer takes minutes.

#include "propfind.h"

namespace mediadock {

/// Large enough that few requests serve, small enough that a server makes one in a second.
inline constexpr std::size_t kPagedPropfindCount = 10000;

enum class PagedListing {
  Whole,     ///< All was handed out, each once.
  Nothing,   ///< Nothing stands there.
  Unusable,  ///< The pages do not add up; what was handed out is right, and may not be all.
};

/// Sends `propfind`, of a folder and its children, for pages of `count` entries, and hands them
/// out. A server that answers with all at once is fine, too. Memory is eight bytes an entry.
/// \throws StorageError as the function `propfind`.
PagedListing propfindPaged(DavClient& client, const PropfindRequest& propfind, std::size_t count,
                           const MultistatusParser::Sink& sink, const CallLimits& limits);

}  // namespace mediadock
