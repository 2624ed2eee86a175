/// \file
/// Long listings in an order: what they hold in memory, and how often the storage is asked.

#include "media/browsing/browse.h"
#include "media/browsing/ordered_items.h"
#include "mediadock/storage_error.h"
#include "records/open_record_store.h"
#include "support/storage_error_matcher.h"
#include "support/temp_directory.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <string>
#include <vector>

namespace mediadock::media {
namespace {

using testing::ElementsAre;

/// `0000`, `0001` … up to a count, in an order that is none.
class LongFolder final : public IStorageProvider {
 public:
  explicit LongFolder(std::size_t entries) : entries_(entries) {}

  static std::string nameOf(std::size_t number) {
    const auto text = std::to_string(number);
    return std::string(6 - text.size(), '0') + text;
  }

  Capabilities capabilities() const override { return {}; }

  void check(const CallContext& /*context*/) override {}

  std::optional<Entry> stat(const StoragePath& path, const CallContext& /*context*/) override {
    ++stats;
    return Entry{.path = path, .kind = EntryKind::Directory, .etag = etag};
  }

  ListPage list(const StoragePath& /*path*/, const ListOptions& /*options*/,
                const CallContext& /*context*/) override {
    refuse();
  }

  std::unique_ptr<IEntryStream> openList(const StoragePath& path,
                                         const CallContext& /*context*/) override {
    ++readings;
    return std::make_unique<Stream>(path, entries_);
  }

  std::unique_ptr<IReadStream> openRead(const StoragePath& /*path*/, const ReadOptions& /*options*/,
                                        const CallContext& /*context*/) override {
    refuse();
  }

  std::unique_ptr<IWriteStream> openWrite(const WriteTarget& /*target*/,
                                          const WriteOptions& /*options*/,
                                          const CallContext& /*context*/) override {
    refuse();
  }

  void remove(const StoragePath& /*path*/, const RemoveOptions& /*options*/,
              const CallContext& /*context*/) override {
    refuse();
  }

  void shutdown() noexcept override {}

  int readings = 0;
  int stats = 0;
  /// Of the folder.
  std::optional<ETag> etag = ETag{"one"};

 private:
  [[noreturn]] static void refuse() {
    throw StorageError(StorageErrc::Unsupported, "this storage only lists");
  }

  class Stream final : public IEntryStream {
   public:
    Stream(StoragePath folder, std::size_t count) : folder_(std::move(folder)), count_(count) {}

    bool next(std::vector<Entry>& entries, CallContext::Clock::time_point /*until*/) override {
      constexpr std::size_t kStep = 7919;  // A prime that divides no count of these tests.
      entries.clear();
      for (int i = 0; i < 100 && given_ < count_; ++i, ++given_) {
        const auto number = given_ * kStep % count_;
        entries.push_back({.path = folder_.child(nameOf(number)), .size = number / 10});
      }
      return given_ < count_;
    }

   private:
    StoragePath folder_;
    std::size_t count_;
    std::size_t given_ = 0;
  };

  std::size_t entries_;
};

class OrderedListingsTest : public testing::Test {
 protected:
  explicit OrderedListingsTest(std::size_t entries = 3000) : storage(entries) {}

  /// Pages of `request` until the end, the request's `after` being set to each one's last entry.
  std::vector<std::string> namesByPages(BrowseRequest request) {
    std::vector<std::string> names;
    for (;;) {
      const auto page = listings.browse(request, {});
      EXPECT_LE(page.items.size(), request.limit);
      for (const auto& item : page.items) {
        names.emplace_back(item.entry.path.name());
      }
      if (!page.hasMore || page.items.empty()) {
        return names;
      }
      request.after = positionOf(page.items.back().entry, request.sort);
    }
  }

  static std::vector<std::string> namesUpTo(std::size_t count) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < count; ++i) {
      names.push_back(LongFolder::nameOf(i));
    }
    return names;
  }

  TempDirectory folder;
  std::unique_ptr<records::IRecordStore> records =
      records::openRecordStore("sqlite:" + (folder.path() / "m.db").string(), "");
  LongFolder storage;
  OrderedListings listings{storage, *records};
};

TEST_F(OrderedListingsTest, PagesShareOneReading) {
  EXPECT_EQ(namesByPages({.limit = 200}), namesUpTo(3000));

  EXPECT_EQ(storage.readings, 1);
  EXPECT_EQ(storage.stats, 15) << "the folder is asked for its etag before each page";
}

TEST_F(OrderedListingsTest, ShortPagesShareTheReadingOfTheSecondOne) {
  EXPECT_EQ(namesByPages({.limit = 50}), namesUpTo(3000));

  EXPECT_EQ(storage.readings, 4) << "1250 entries each, but for the first page";
}

TEST_F(OrderedListingsTest, AFirstPageThatIsShortCostsNoMoreThanItsListing) {
  listings.browse({.limit = 50}, {});

  EXPECT_EQ(storage.readings, 1);
  EXPECT_EQ(storage.stats, 0);
}

TEST_F(OrderedListingsTest, AreReadAnewOnceTheFolderHasChanged) {
  auto request = BrowseRequest{.limit = 1000};
  auto page = listings.browse(request, {});
  request.after = positionOf(page.items.back().entry, request.sort);
  storage.etag = ETag{"two"};

  page = listings.browse(request, {});

  EXPECT_EQ(storage.readings, 2);
  EXPECT_EQ(page.items.front().entry.path.name(), "001000");
}

TEST_F(OrderedListingsTest, AreSharedForAMomentWhereTheFolderHasNoEtag) {
  storage.etag.reset();

  EXPECT_EQ(namesByPages({.limit = 1000}), namesUpTo(3000));

  EXPECT_LE(storage.readings, 2) << "where this took more than some seconds";
}

TEST_F(OrderedListingsTest, GoOnByEachKeyAndOrder) {
  for (const auto sort : {SortKey::Name, SortKey::Size, SortKey::LastModified}) {
    auto names = namesByPages({.sort = sort, .descending = true, .limit = 700});

    EXPECT_EQ(names.size(), 3000U);
    std::sort(names.begin(), names.end());
    EXPECT_EQ(names, namesUpTo(3000));
  }
}

TEST_F(OrderedListingsTest, OtherListingsDoNotTakeTheirPages) {
  auto request = BrowseRequest{.limit = 1000};
  const auto page = listings.browse(request, {});
  request.after = positionOf(page.items.back().entry, request.sort);
  auto other = request;
  other.folder = StoragePath::parse("other");
  other.after->path = other.folder.child("000999");

  const auto others = listings.browse(other, {});

  EXPECT_EQ(others.items.front().entry.path.str(), "other/001000");
  EXPECT_EQ(listings.browse(request, {}).items.front().entry.path.str(), "001000");
  EXPECT_EQ(storage.readings, 2);
}

TEST_F(OrderedListingsTest, JoinRecordsToTheItemsOfAPage) {
  records->insert({.id = "there", .path = StoragePath::parse("000003")});
  records->insert({.id = "gone", .path = StoragePath::parse("000003 gone")});
  BrowseRequest request{.includeMedia = true, .limit = 4};

  auto page = listings.browse(request, {});
  EXPECT_EQ(page.items[2].record, nullptr);
  ASSERT_NE(page.items[3].record, nullptr);
  EXPECT_EQ(page.items[3].record->id, "there");
  request.after = positionOf(page.items.back().entry, request.sort);
  page = listings.browse(request, {});

  ASSERT_TRUE(page.items[0].isMissing);
  EXPECT_EQ(page.items[0].record->id, "gone");
  EXPECT_FALSE(page.items[1].isMissing);
}

TEST_F(OrderedListingsTest, TellOfEveryRecordThatLacksItsFileHoweverManyThereAre) {
  constexpr std::size_t kMissing = 1001;  // More than are read at a time.
  for (std::size_t i = 0; i < kMissing; ++i) {
    const auto number = std::to_string(i);
    records->insert({.id = number, .path = StoragePath::parse("gone/" + number)});
  }
  LongFolder empty(0);
  OrderedListings nothing(empty, *records);

  const auto page =
      nothing.browse({.folder = StoragePath::parse("gone"), .includeMedia = true}, {});

  EXPECT_EQ(page.items.size(), kMissing);
}

class TooLongListing : public OrderedListingsTest {
 protected:
  TooLongListing() : OrderedListingsTest(OrderedListings::kMostOrdered + 1) {}
};

TEST_F(TooLongListing, IsRefusedAnOrderButNotPages) {
  try {
    listings.browse({}, {});
    FAIL() << "all of it was put in order";
  } catch (const StorageError& error) {
    EXPECT_EQ(error.code(), StorageErrc::InvalidArgument);
    EXPECT_THAT(error.what(), testing::HasSubstr("'limit'"));
  }
  EXPECT_EQ(listings.browse({.limit = 10}, {}).items.size(), 10U);
}

TEST(OrderedItems, HoldNotMuchMoreThanAreWanted) {
  const BrowseRequest request{.descending = true};
  OrderedItems items(request, 10);
  std::size_t most = 0;
  for (std::size_t i = 0; i < 100000; ++i) {
    items.add({.entry = {.path = StoragePath::parse(LongFolder::nameOf(i))}});
    most = std::max(most, items.held());
  }

  EXPECT_LE(most, 100U);
  const auto found = items.take();
  EXPECT_EQ(found.size(), 10U);
  EXPECT_EQ(found.front().entry.path.name(), "099999");
  EXPECT_TRUE(items.hasMore());
}

TEST(OrderedItems, CountOnceWhatComesTwice) {
  const BrowseRequest request;
  OrderedItems items(request, 2);
  for (const char* name : {"b", "a", "b", "a", "b"}) {
    items.add({.entry = {.path = StoragePath::parse(name)}});
  }

  EXPECT_EQ(items.take().size(), 2U);
  EXPECT_FALSE(items.hasMore());
}

TEST(OrderedItems, KeepFewerFromAnyMomentOn) {
  const BrowseRequest request;
  OrderedItems items(request, 1000);
  for (std::size_t i = 0; i < 500; ++i) {
    items.add({.entry = {.path = StoragePath::parse(LongFolder::nameOf(i * 7 % 500))}});
  }

  items.narrow(3);
  items.add({.entry = {.path = StoragePath::parse("0")}});

  EXPECT_EQ(items.held(), 4U);
  EXPECT_EQ(items.take().front().entry.path.name(), "0");
  EXPECT_TRUE(items.hasMore());
}

TEST(ListingRoom, IsOneForAllAndGivenBack) {
  ListingRoom room(10);
  ListingRoom::Lease one(room);
  {
    ListingRoom::Lease other(room);
    EXPECT_TRUE(one.resize(6));
    EXPECT_TRUE(other.resize(4));
    EXPECT_FALSE(other.resize(5));
    EXPECT_FALSE(one.resize(7));
    EXPECT_TRUE(one.resize(5));
    EXPECT_TRUE(other.resize(5));
  }

  EXPECT_TRUE(one.resize(10));
  ListingRoom::Lease third = std::move(one);
  EXPECT_TRUE(third.resize(0));
}

ListingRest restOf(ListingRoom& room, ListingRemainders::Clock::time_point readAt,
                   std::optional<ETag> etag) {
  return {.lease = ListingRoom::Lease(room),
          .items = std::vector<BrowseItem>(2),
          .etag = std::move(etag),
          .readAt = readAt};
}

TEST(ListingRemainders, AreGoodWhileTheEtagHoldsOrForAMoment) {
  ListingRoom room;
  ListingRemainders kept;
  const auto now = ListingRemainders::Clock::now();
  const auto etag = ETag{"one"};
  const Entry last{.path = StoragePath::parse("a")};
  BrowseRequest request{.limit = 1};
  const auto isThere = [&](std::optional<ETag> ofThen, std::optional<ETag> ofNow, auto age) {
    kept.keep({.limit = 1}, last, restOf(room, now, std::move(ofThen)));
    request.after = last;
    return kept.take(request, ofNow, now + age).has_value();
  };

  EXPECT_TRUE(isThere(etag, etag, ListingRemainders::kVouchedFor - std::chrono::seconds(1)));
  EXPECT_FALSE(isThere(etag, etag, ListingRemainders::kVouchedFor));
  EXPECT_FALSE(isThere(etag, ETag{"two"}, std::chrono::seconds(0)));
  EXPECT_FALSE(isThere(etag, std::nullopt, std::chrono::seconds(0)));
  EXPECT_TRUE(isThere(std::nullopt, std::nullopt, std::chrono::seconds(4)));
  EXPECT_FALSE(isThere(std::nullopt, std::nullopt, ListingRemainders::kUnvouchedFor));
  EXPECT_FALSE(kept.take(request, etag, now)) << "each is for one page";
}

TEST(ListingRemainders, AreNoMoreThanSoMany) {
  ListingRoom room;
  ListingRemainders kept;
  const auto now = ListingRemainders::Clock::now();
  const auto keep = [&](std::size_t number) {
    kept.keep({}, {.path = StoragePath::parse(LongFolder::nameOf(number))},
              restOf(room, now, std::nullopt));
  };
  for (std::size_t i = 0; i <= ListingRemainders::kListings; ++i) {
    keep(i);
  }

  BrowseRequest request{.after = Entry{.path = StoragePath::parse(LongFolder::nameOf(0))}};
  EXPECT_FALSE(kept.take(request, std::nullopt, now));
  request.after->path = StoragePath::parse(LongFolder::nameOf(1));
  EXPECT_TRUE(kept.take(request, std::nullopt, now));
}

}  // namespace
}  // namespace mediadock::media
