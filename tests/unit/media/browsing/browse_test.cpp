#include "media/browsing/browse.h"

#include "media/browsing/ordered_items.h"
#include "mediadock/storage_error.h"
#include "support/storage_error_matcher.h"
#include "unit/media/media_fixture.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <iterator>

namespace mediadock::media {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> pathsOf(const BrowseResult& result) {
  std::vector<std::string> paths;
  for (const auto& item : result.items) {
    paths.push_back(item.entry.path.str() + (item.isMissing ? " (missing)" : ""));
  }
  return paths;
}

BrowseItem file(const char* path, std::uint64_t size, int modifiedAt) {
  return {.entry = {.path = StoragePath::parse(path),
                    .size = size,
                    .modifiedAt = Timestamp(std::chrono::microseconds(modifiedAt))}};
}

BrowseItem folder(const char* path) {
  return {.entry = {.path = StoragePath::parse(path), .kind = EntryKind::Directory}};
}

std::vector<BrowseItem> unsorted() {
  return {file("b", 1, 30), folder("z"), file("é", 2, 20), file("B", 3, 10),
          file("a", 1, 20), folder("Y"), file("y/b", 9, 5)};
}

TEST(SortedPage, PutsFoldersFirstAndNamesInByteOrder) {
  EXPECT_THAT(pathsOf(sortedPage(unsorted(), {})),
              ElementsAre("Y", "z", "B", "a", "b", "y/b", "é"));
}

TEST(SortedPage, TurnsFoldersAndFilesRoundEach) {
  EXPECT_THAT(pathsOf(sortedPage(unsorted(), {.descending = true})),
              ElementsAre("z", "Y", "é", "b", "y/b", "a", "B"));
}

TEST(SortedPage, SortsBySizeThenPath) {
  EXPECT_THAT(pathsOf(sortedPage(unsorted(), {.sort = SortKey::Size})),
              ElementsAre("Y", "z", "a", "b", "é", "B", "y/b"));
}

TEST(SortedPage, SortsByTimeThenPath) {
  EXPECT_THAT(pathsOf(sortedPage(unsorted(), {.sort = SortKey::LastModified, .descending = true})),
              ElementsAre("Y", "z", "b", "a", "é", "B", "y/b"));
}

TEST(SortedPage, EndsAtTheLimit) {
  const auto page = sortedPage(unsorted(), {.limit = 3});

  EXPECT_THAT(pathsOf(page), ElementsAre("Y", "z", "B"));
  EXPECT_TRUE(page.hasMore);
  EXPECT_FALSE(sortedPage(unsorted(), {.limit = 7}).hasMore);
}

Entry place(const char* path, EntryKind kind, std::optional<std::uint64_t> size = {}) {
  return {.path = StoragePath::parse(path), .kind = kind, .size = size};
}

TEST(SortedPage, GoesOnBehindTheLastEntry) {
  const auto all = sortedPage(unsorted(), {.sort = SortKey::Size}).items;
  const auto page = sortedPage(
      unsorted(),
      {.sort = SortKey::Size, .limit = 2, .after = positionOf(all[3].entry, SortKey::Size)});

  EXPECT_THAT(pathsOf(page), ElementsAre("é", "B"));
  EXPECT_TRUE(page.hasMore);
  EXPECT_THAT(pathsOf(sortedPage(unsorted(), {.after = place("é", EntryKind::File)})), IsEmpty());
}

TEST(SortedPage, GoesOnFromThePlaceOfAnEntryThatIsGone) {
  EXPECT_THAT(pathsOf(sortedPage(unsorted(), {.after = place("Z", EntryKind::Directory)})),
              ElementsAre("z", "B", "a", "b", "y/b", "é"));
  const auto all = sortedPage(unsorted(), {.sort = SortKey::Size}).items;
  const auto size = all[3].entry.size;
  EXPECT_THAT(pathsOf(sortedPage(unsorted(), {.sort = SortKey::Size,
                                              .after = place("a gone", EntryKind::File, size)})),
              ElementsAre("b", "é", "B", "y/b"));
}

class BrowseTest : public testing::Test {
 protected:
  void SetUp() override {
    world.upload("1.jpg", {.folder = "c"_path});
    world.upload("2.jpg", {.folder = "c/Sent Media"_path});
    world.upload("3.jpg", {.folder = "c/Sent Media/2024"_path});
    world.put("c/unknown.jpg"_path);
    world.put("c/.mediadock-tmp"_path);
    world.put("c/.mediadock-dir/x"_path);
  }

  BrowseResult browse(const BrowseRequest& request) {
    return world.service->browse(request, world.context);
  }

  MediaWorld world;
};

TEST_F(BrowseTest, ListsDirectChildrenWithoutWhatIsReserved) {
  EXPECT_THAT(pathsOf(browse({.folder = "c"_path})),
              ElementsAre("c/Sent Media", "c/1.jpg", "c/unknown.jpg"));
}

TEST_F(BrowseTest, WalksDownToItsDepth) {
  EXPECT_THAT(pathsOf(browse({.folder = "c"_path, .depth = 2})),
              ElementsAre("c/Sent Media/2024", "c/Sent Media", "c/1.jpg", "c/Sent Media/2.jpg",
                          "c/unknown.jpg"));
  EXPECT_THAT(pathsOf(browse({.folder = "c"_path, .depth = 3})),
              testing::Contains("c/Sent Media/2024/3.jpg"));
}

TEST_F(BrowseTest, ListsTheRoot) {
  EXPECT_THAT(pathsOf(browse({})), ElementsAre("c"));
}

TEST_F(BrowseTest, JoinsRecordsOnlyWhereAskedTo) {
  const auto with = browse({.folder = "c"_path, .includeMedia = true});
  const auto without = browse({.folder = "c"_path});

  ASSERT_TRUE(with.items[1].record);
  EXPECT_EQ(*with.items[1].record, world.store->findAt("c/1.jpg"_path));
  EXPECT_FALSE(with.items[2].record) << "nobody knows of that file";
  EXPECT_FALSE(without.items[1].record);
}

/// The subfolder of `c`.
class DownSubfolder : public BrowseTest {
 protected:
  BrowseResult browse(Retry retry) {
    world.onStep([retry](const std::string& step) {
      if (step == "before list c/Sent Media") {
        throw StorageError({.code = StorageErrc::Unavailable, .message = "down", .retry = retry});
      }
    });
    return BrowseTest::browse({.folder = "c"_path, .depth = 3, .includeMedia = true});
  }
};

TEST_F(DownSubfolder, LeavesTheOthersAndCallsNothingMissing) {
  const auto result = browse(Retry::Never);

  EXPECT_THAT(pathsOf(result), ElementsAre("c/Sent Media", "c/1.jpg", "c/unknown.jpg"));
  EXPECT_EQ(result.omitted, 1U);
}

TEST_F(DownSubfolder, EndsTheListingWhereAllIsDown) {
  EXPECT_THAT([&] { browse(Retry::AfterDelay); }, ThrowsStorageError(StorageErrc::Unavailable));
}

TEST_F(BrowseTest, FailsForAFolderThatIsDownItself) {
  world.failAt("before list c", StorageErrc::Unavailable, Retry::Never);

  EXPECT_THAT([&] { browse({.folder = "c"_path, .includeMedia = true}); },
              ThrowsStorageError(StorageErrc::Unavailable));
}

TEST_F(BrowseTest, AddsRecordsWhoseFileIsGone) {
  const auto record = world.store->findAt("c/Sent Media/2.jpg"_path);
  world.storage->remove("c/Sent Media/2.jpg"_path, {}, {});

  const auto result = browse({.folder = "c"_path, .depth = 2, .includeMedia = true});

  EXPECT_THAT(pathsOf(result), ElementsAre("c/Sent Media/2024", "c/Sent Media", "c/1.jpg",
                                           "c/Sent Media/2.jpg (missing)", "c/unknown.jpg"));
  ASSERT_TRUE(result.items[3].record);
  EXPECT_EQ(*result.items[3].record, record);
  EXPECT_EQ(result.items[3].entry.size, record->size);
  EXPECT_THAT(pathsOf(browse({.folder = "c"_path, .depth = 2})),
              testing::Not(testing::Contains("c/Sent Media/2.jpg (missing)")));
}

TEST_F(BrowseTest, StreamsEntriesWithTheirRecordsAndWhatIsMissingBehindThem) {
  const auto record = world.store->findAt("c/1.jpg"_path);
  world.storage->remove("c/Sent Media/2.jpg"_path, {}, {});
  const auto stream =
      world.service->openBrowse({.folder = "c"_path, .depth = 2, .includeMedia = true}, {});

  BrowseResult all;
  std::vector<BrowseItem> some;
  for (bool hasMore = true; hasMore;) {
    hasMore = stream->next(some, std::chrono::steady_clock::time_point::max());
    std::move(some.begin(), some.end(), std::back_inserter(all.items));
  }

  EXPECT_THAT(pathsOf(all), ElementsAre("c/1.jpg", "c/Sent Media", "c/unknown.jpg",
                                        "c/Sent Media/2024", "c/Sent Media/2.jpg (missing)"));
  EXPECT_EQ(*all.items[0].record, record);
}

TEST_F(BrowseTest, StreamsNothingOfAFolderThatIsNotThere) {
  constexpr auto kForever = std::chrono::steady_clock::time_point::max();
  std::vector<BrowseItem> some;
  const auto begin = [&](const BrowseRequest& request) {
    world.service->openBrowse(request, {})->next(some, kForever);
  };

  EXPECT_THAT([&] { begin({.folder = "d"_path}); }, ThrowsStorageError(StorageErrc::NotFound));
  EXPECT_THAT([&] { begin({.folder = "c/.mediadock-dir"_path}); },
              ThrowsStorageError(StorageErrc::NotFound));
  const auto empty = world.service->openBrowse({.folder = "d"_path, .isAbsentEmpty = true}, {});
  while (empty->next(some, kForever)) {
    ASSERT_THAT(some, IsEmpty());
  }
}

TEST_F(BrowseTest, CallsNothingMissingThatWasRemovedDuringTheListing) {
  world.onStep([&](const std::string& step) {
    if (step == "before list c") {
      world.onStep({});
      world.service->remove("c/1.jpg"_path, {}, world.context);
    }
  });

  EXPECT_THAT(pathsOf(browse({.folder = "c"_path, .includeMedia = true})),
              ElementsAre("c/Sent Media", "c/unknown.jpg"));
}

TEST_F(BrowseTest, CallsNothingMissingThatCameDuringTheListing) {
  world.onStep([&](const std::string& step) {
    if (step == "after list c") {
      world.onStep({});
      world.upload("0.jpg", {.folder = "c"_path});
    }
  });

  EXPECT_THAT(pathsOf(browse({.folder = "c"_path, .includeMedia = true})),
              testing::Not(testing::Contains("c/0.jpg (missing)")));
}

TEST_F(BrowseTest, SkipsASubfolderThatVanishesMeanwhile) {
  world.onStep([&](const std::string& step) {
    if (step == "before list c/Sent Media") {
      world.onStep({});
      world.storage->remove("c/Sent Media"_path, {.recursive = true}, {});
    }
  });

  EXPECT_THAT(pathsOf(browse({.folder = "c"_path, .depth = 2})),
              ElementsAre("c/Sent Media", "c/1.jpg", "c/unknown.jpg"));
}

TEST_F(BrowseTest, PassesOnOtherFailuresOfASubfolder) {
  world.failAt("before list c/Sent Media", StorageErrc::Truncated);

  EXPECT_THAT([&] { browse({.folder = "c"_path, .depth = 2}); },
              ThrowsStorageError(StorageErrc::Truncated));
}

TEST_F(BrowseTest, TakesAFolderThatIsNotThereAsEmptyWhereThatIsAskedFor) {
  const auto absent = browse({.folder = "d"_path, .isAbsentEmpty = true});

  EXPECT_THAT(pathsOf(absent), IsEmpty());
  EXPECT_THAT([&] { browse({.folder = "c/.mediadock-dir"_path, .isAbsentEmpty = true}); },
              ThrowsStorageError(StorageErrc::NotFound));
  EXPECT_THAT([&] { browse({.folder = "c/1.jpg"_path, .isAbsentEmpty = true}); },
              ThrowsStorageError(StorageErrc::NotADirectory));
}

TEST_F(BrowseTest, SaysNotFoundForAFolderThatIsNotThereOrReserved) {
  EXPECT_THAT([&] { browse({.folder = "d"_path}); }, ThrowsStorageError(StorageErrc::NotFound));
  EXPECT_THAT([&] { browse({.folder = "c/.mediadock-dir"_path}); },
              ThrowsStorageError(StorageErrc::NotFound));
  EXPECT_THAT([&] { browse({.folder = "c/1.jpg"_path}); },
              ThrowsStorageError(StorageErrc::NotADirectory));
}

}  // namespace
}  // namespace mediadock::media
