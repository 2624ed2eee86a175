#pragma once

/// \file
/// The first items of a listing in an order, out of items that come in any.

#include "media/browsing/browse_request.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace mediadock {

/// Whether an entry comes before another one in the request's order, which is a total one, since
/// paths are unique.
bool comesBefore(const Entry& left, const Entry& right, const BrowseRequest& request);

/// What tells an entry's place in an order by `sort`: its path, kind and key, and nothing else.
Entry positionOf(const Entry& entry, SortKey sort);

/// Keeps the first `most` items behind `request.after`, and for a while a quarter more: memory is
/// that of the page, however long the listing. Borrows the request. Belongs to one thread.
class OrderedItems {
 public:
  /// \param most 0: all.
  OrderedItems(const BrowseRequest& request, std::size_t most);

  /// An item that comes twice counts once.
  void add(BrowseItem&& item);

  /// Keeps no more than so many from now on.
  void narrow(std::size_t most);

  /// How many are in memory.
  std::size_t held() const noexcept { return items_.size(); }

  /// Whether items behind the last of these were left out.
  bool hasMore() const noexcept { return hasMore_; }

  /// Gives them in order.
  std::vector<BrowseItem> take();

 private:
  void settle();

  const BrowseRequest& request_;
  std::size_t most_;
  std::vector<BrowseItem> items_;
  /// Once there are `most_`: the last of them.
  std::optional<Entry> last_;
  bool hasMore_ = false;
};

}  // namespace mediadock
