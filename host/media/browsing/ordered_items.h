#pragma once

/// \file
/// Selects the first items in a sort order from items that arrive in any order.

#include "media/browsing/browse_request.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace mediadock::media {

/// Whether an entry comes before another one in the request's order. The order is total, since
/// paths are unique.
bool comesBefore(const Entry& left, const Entry& right, const BrowseRequest& request);

/// The part of an entry that determines its position when sorted by `sort`: path, kind and sort
/// key.
Entry positionOf(const Entry& entry, SortKey sort);

/// Keeps the first `most` items after `request.after`, and temporarily a quarter and some dozens
/// more, so memory is bounded by the page and not by the listing. Borrows the request. Not
/// thread-safe.
class OrderedItems {
 public:
  /// \param most 0: all.
  OrderedItems(const BrowseRequest& request, std::size_t most);

  /// An item that is added twice counts once.
  void add(BrowseItem&& item);

  /// Lowers the limit to `most`.
  void narrow(std::size_t most);

  /// Items in memory.
  std::size_t held() const noexcept { return items_.size(); }

  /// Whether items after the last of these were left out.
  bool hasMore() const noexcept { return hasMore_; }

  /// Returns the items in order.
  std::vector<BrowseItem> take();

 private:
  void settle();

  const BrowseRequest& request_;
  std::size_t most_;
  std::vector<BrowseItem> items_;
  /// The last of them, once there are `most_`.
  std::optional<Entry> last_;
  bool hasMore_ = false;
};

}  // namespace mediadock::media
