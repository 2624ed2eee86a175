#pragma once

/// \file
/// Cache of listing entries read beyond the requested page.

#include "tree/listing_page.h"

#include <chrono>
#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <string>

namespace mediadock::nextcloud {

/// A server returns a folder as a whole, so each reading keeps more than its page, and the
/// following pages are taken from that: a folder of N entries is read N / kEntries times instead of
/// once per page. Keeps at most `kListings` listings of about 10 MB, each for one page to take and
/// for `kLifetime`. A later page may thus be up to half a minute out of date. Thread-safe.
class ListingStock {
 public:
  using Clock = std::chrono::steady_clock;

  static constexpr std::size_t kEntries = 25000;
  static constexpr std::size_t kListings = 4;
  static constexpr std::chrono::seconds kLifetime{30};

  /// Keeps `rest`, read at `readAt`, for the page of `token`.
  void keep(const StoragePath& directory, const std::string& token, ListingPage rest,
            Clock::time_point readAt);

  struct Stocked {
    ListingPage rest;
    Clock::time_point readAt;
  };

  /// Removes and returns what is kept for this page.
  std::optional<Stocked> take(const StoragePath& directory, const std::string& token,
                              Clock::time_point now);

 private:
  struct Item {
    StoragePath directory;
    std::string token;
    Stocked stocked;
  };

  void dropOld(Clock::time_point now);

  /// Guards `items_`, which is ordered from oldest to newest.
  std::mutex mutex_;
  std::list<Item> items_;
};

}  // namespace mediadock::nextcloud
