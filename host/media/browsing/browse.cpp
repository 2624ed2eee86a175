#include "media/browsing/browse.h"

#include "media/browsing/browse_stream.h"
#include "media/browsing/folder_records.h"
#include "media/browsing/ordered_items.h"
#include "mediadock/storage_error.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

namespace mediadock::media {
namespace {

[[noreturn]] void failTooLong(const BrowseRequest& request) {
  throw StorageError({.code = StorageErrc::InvalidArgument,
                      .message = "the listing has more than " +
                                 std::to_string(OrderedListings::kMostOrdered) +
                                 " entries: ask for pages with 'limit', or for no order",
                      .operation = "browse",
                      .path = request.folder.str()});
}

[[noreturn]] void failNoRoom(const BrowseRequest& request) {
  throw StorageError({.code = StorageErrc::Unavailable,
                      .message = "too many long listings are under way",
                      .retry = Retry::AfterDelay,
                      .retryAfter = std::chrono::seconds(1),
                      .operation = "browse",
                      .path = request.folder.str()});
}

/// Passes all items of a listing to `take`, in batches.
template <typename Take>
void readAll(IBrowseStream& stream, Take take) {
  std::vector<BrowseItem> some;
  bool hasMore = true;
  while (hasMore) {
    hasMore = stream.next(some, CallContext::Clock::time_point::max());
    take(some);
  }
}

std::size_t itemsToGather(const BrowseRequest& request) {
  if (!request.after && request.limit < OrderedListings::kShortPage) {
    return request.limit;
  }
  const auto ahead =
      std::min(request.limit * OrderedListings::kPagesAhead, OrderedListings::kMostAhead);
  return std::max(request.limit, ahead);
}

}  // namespace

BrowseResult OrderedListings::browse(const BrowseRequest& request, const CallContext& context) {
  if (request.limit == 0) {
    return wholeOf(request, context);
  }
  std::optional<ETag> etag;
  if (itemsToGather(request) > request.limit && !request.includeMedia) {
    const auto folder = provider_.stat(request.folder, context);
    etag = folder ? folder->etag : std::nullopt;
  }
  auto rest = remainders_.take(request, etag, ListingRemainders::Clock::now());
  if (rest && (!rest->hasMore || rest->items.size() - rest->next >= request.limit)) {
    return cut(request, *std::move(rest));
  }
  rest.reset();
  auto fresh = read(request, context);
  fresh.etag = std::move(etag);
  return cut(request, std::move(fresh));
}

BrowseResult OrderedListings::wholeOf(const BrowseRequest& request, const CallContext& context) {
  ListingRoom::Lease lease(room_);
  OrderedItems items(request, 0);
  const auto stream = openBrowseStream(provider_, records_, request, Join::Later, context);
  readAll(*stream, [&](auto& some) {
    for (auto& item : some) {
      items.add(std::move(item));
    }
    if (items.held() > kMostOrdered) {
      failTooLong(request);
    }
    if (!lease.resize(items.held())) {
      failNoRoom(request);
    }
  });
  BrowseResult result{
      .items = items.take(), .omitted = stream->omitted(), .lease = std::move(lease)};
  if (request.includeMedia) {
    attachRecords(records_, result.items);
  }
  return result;
}

ListingRest OrderedListings::read(const BrowseRequest& request, const CallContext& context) {
  ListingRest rest{.lease = ListingRoom::Lease(room_), .readAt = ListingRemainders::Clock::now()};
  OrderedItems items(request, itemsToGather(request));
  const auto stream = openBrowseStream(provider_, records_, request, Join::Later, context);
  readAll(*stream, [&](auto& some) {
    for (auto& item : some) {
      items.add(std::move(item));
    }
    if (rest.lease.resize(items.held())) {
      return;
    }
    remainders_.clear();
    items.narrow(request.limit);
    if (!rest.lease.resize(items.held())) {
      failNoRoom(request);
    }
  });
  rest.items = items.take();
  rest.hasMore = items.hasMore();
  rest.omitted = stream->omitted();
  return rest;
}

/// Keeps the items after the page.
BrowseResult OrderedListings::cut(const BrowseRequest& request, ListingRest rest) {
  const auto count = std::min(request.limit, rest.items.size() - rest.next);
  const auto first = rest.items.begin() + static_cast<std::ptrdiff_t>(rest.next);
  BrowseResult result{.omitted = rest.omitted};
  result.items.assign(std::move_iterator(first),
                      std::move_iterator(first + static_cast<std::ptrdiff_t>(count)));
  rest.next += count;
  if (request.includeMedia) {
    attachRecords(records_, result.items);
  }
  const auto left = rest.items.size() - rest.next;
  result.hasMore = left > 0 || rest.hasMore;
  rest.lease.resize(left);
  result.lease.emplace(room_);
  result.lease->resize(count);
  if (left > 0) {
    remainders_.keep(request, result.items.back().entry, std::move(rest));
  }
  return result;
}

BrowseResult sortedPage(std::vector<BrowseItem> items, const BrowseRequest& request) {
  OrderedItems ordered(request, request.limit);
  for (auto& item : items) {
    ordered.add(std::move(item));
  }
  BrowseResult result;
  result.items = ordered.take();
  result.hasMore = ordered.hasMore();
  return result;
}

}  // namespace mediadock::media
