#pragma once

/// \file
/// Listings that clients fetch page by page.

#include "support/scripted_nextcloud/dav_tree.h"

#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace mediadock::scripted {

/// The listings of one user as they were when their first page was asked for. Thread-safe.
class PagedListings final {
 public:
  using Listing = std::shared_ptr<const std::vector<NodeInfo>>;

  /// Returns the token under which the listing is found again, until many newer ones came.
  std::string keep(Listing listing);

  /// Null for a token that is not known, or not any more.
  Listing find(const std::string& token) const;

 private:
  mutable std::mutex mutex_;
  // Guarded by mutex_; the newest last.
  std::deque<std::pair<std::string, Listing>> kept_;
};

}  // namespace mediadock::scripted
