#pragma once

/// \file
/// What was read of large folders beyond the page that was asked for.

#include "tree/listing_page.h"

#include <chrono>
#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <string>

namespace mediadock {

/// A server gives a folder as a whole, so each reading keeps more than its page and the pages that
/// follow are cut from that: a folder of N entries is read N / kEntries times instead of once for
/// each page. At most `kListings` are kept, each for one page to take and for `kLifetime`; about 10
/// MB each. What a later page tells is thus up to half a minute old. Safe for concurrent use.
class ListingStock {
 public:
  using Clock = std::chrono::steady_clock;

  static constexpr std::size_t kEntries = 25000;
  static constexpr std::size_t kListings = 4;
  static constexpr std::chrono::seconds kLifetime{30};

  /// Keeps `rest`, which was read at `readAt`, for the page of `token`.
  void keep(const StoragePath& directory, const std::string& token, ListingPage rest,
            Clock::time_point readAt);

  struct Kept {
    ListingPage rest;
    Clock::time_point readAt;
  };

  /// Hands out what was kept for this page; it is gone then.
  std::optional<Kept> take(const StoragePath& directory, const std::string& token,
                           Clock::time_point now);

 private:
  struct Item {
    StoragePath directory;
    std::string token;
    Kept kept;
  };

  void dropOld(Clock::time_point now);

  /// Guards `items_`, the oldest first.
  std::mutex mutex_;
  std::list<Item> items_;
};

}  // namespace mediadock
