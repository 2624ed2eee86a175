#include "tree/listing_stock.h"

#include <gtest/gtest.h>

namespace mediadock::nextcloud {
namespace {

const auto kFolder = StoragePath::parse("folder");

ListingPage pageOf(std::initializer_list<const char*> names, std::size_t limit = 10) {
  ListingPage page(kFolder, {.pageSize = 1}, limit);
  for (const auto* name : names) {
    page.add({.path = kFolder.child(name)});
  }
  return page;
}

TEST(ListingPage, GivesPagesInOrderUntilItsLimit) {
  auto page = pageOf({"d", "b", "a", "c", "b"}, 3);

  const auto first = page.take(2);
  const auto second = page.take(2);

  EXPECT_EQ(first.entries.size(), 2U);
  EXPECT_EQ(first.entries[1].path.name(), "b");
  EXPECT_EQ(second.entries.size(), 1U);
  EXPECT_FALSE(second.nextToken.empty()) << "d is still to come";
}

TEST(ListingPage, EndsWithItsLastEntry) {
  auto page = pageOf({"a", "b"}, 2);

  EXPECT_EQ(page.take(2).nextToken, "");
}

TEST(ListingStock, HandsOutOnceWhatWasKept) {
  ListingStock stock;
  const auto now = ListingStock::Clock::now();
  stock.keep(kFolder, "token", pageOf({"a"}), now);

  EXPECT_FALSE(stock.take(kFolder, "other", now));
  EXPECT_FALSE(stock.take({}, "token", now));
  EXPECT_TRUE(stock.take(kFolder, "token", now));
  EXPECT_FALSE(stock.take(kFolder, "token", now));
}

TEST(ListingStock, ForgetsAfterItsLifetime) {
  ListingStock stock;
  const auto now = ListingStock::Clock::now();
  stock.keep(kFolder, "token", pageOf({"a"}), now);

  EXPECT_FALSE(
      stock.take(kFolder, "token", now + ListingStock::kLifetime + std::chrono::milliseconds(1)));
}

TEST(ListingStock, KeepsNoMoreThanItsListings) {
  ListingStock stock;
  const auto now = ListingStock::Clock::now();
  for (std::size_t i = 0; i <= ListingStock::kListings; ++i) {
    stock.keep(kFolder, std::to_string(i), pageOf({"a"}), now);
  }

  EXPECT_FALSE(stock.take(kFolder, "0", now));
  EXPECT_TRUE(stock.take(kFolder, "1", now));
}

}  // namespace
}  // namespace mediadock::nextcloud
