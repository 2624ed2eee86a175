#include "files/write_stream.h"

#include "unit/localdisk/store_fixture.h"

#include <algorithm>
#include <sys/stat.h>
#include <thread>

namespace mediadock::localdisk {
namespace {

class WriteStreamTest : public StoreTest {
 protected:
  WriteStreamTest() : store(open()) {}

  std::unique_ptr<IWriteStream> start(const WriteTarget& target, std::string_view content) {
    auto stream = store->openWrite(target, {}, {});
    stream->write(bytesOf(content));
    return stream;
  }

  std::unique_ptr<LocalDiskProvider> store;
};

TEST_F(WriteStreamTest, ShowsNothingBeforeItsCommit) {
  const auto stream = start({.path = at("new/folder/a")}, "x");

  EXPECT_TRUE(store->list({}, {}, {}).entries.empty());
  stream->abort();
  EXPECT_TRUE(store->list({}, {}, {}).entries.empty()) << "not even parents are left";
}

TEST_F(WriteStreamTest, TellsWhatStatTellsAfterwards) {
  const auto entry = writeAll(*store, "folder/a", "content");

  EXPECT_EQ(store->stat(at("folder/a"), {}), entry);
  EXPECT_EQ(store->list(at("folder"), {}, {}).entries, std::vector{entry});
  EXPECT_EQ(store->openRead(at("folder/a"), {}, {})->info().entry, entry);
}

TEST_F(WriteStreamTest, StaysCommittableElsewhereAfterAConflict) {
  writeAll(*store, "photo.jpg", "old");
  const auto stream = start({.path = at("photo.jpg"), .ifAbsent = true}, "new");

  EXPECT_THAT([&] { stream->commit(); }, ThrowsStorageError(StorageErrc::AlreadyExists));
  stream->retarget({.path = at("photo (2).jpg"), .ifAbsent = true});
  const auto entry = stream->commit();

  EXPECT_EQ(entry.path, at("photo (2).jpg"));
  EXPECT_EQ(readAll(*store, "photo.jpg"), "old");
  EXPECT_EQ(readAll(*store, "photo (2).jpg"), "new");
}

TEST_F(WriteStreamTest, TakesAFolderForAConflictWhereItMayOnlyCreate) {
  store->makeDirectory(at("folder"), {});

  const auto stream = start({.path = at("folder"), .ifAbsent = true}, "x");

  EXPECT_THAT([&] { stream->commit(); }, ThrowsStorageError(StorageErrc::AlreadyExists));
}

TEST_F(WriteStreamTest, ReplacesTheExpectedVersionOnly) {
  const auto first = writeAll(*store, "a", "first");
  const auto stale = start({.path = at("a"), .ifMatch = first.etag}, "stale");
  const auto fresh = start({.path = at("a"), .ifMatch = first.etag}, "fresh");

  fresh->commit();

  EXPECT_THAT([&] { stale->commit(); }, ThrowsStorageError(StorageErrc::PreconditionFailed));
  EXPECT_EQ(readAll(*store, "a"), "fresh");
}

TEST_F(WriteStreamTest, MakesNoParentsForAVersionThatCannotBeThere) {
  const auto etag = writeAll(*store, "a", "x").etag;
  const auto stream = start({.path = at("missing/a"), .ifMatch = etag}, "x");

  EXPECT_THAT([&] { stream->commit(); }, ThrowsStorageError(StorageErrc::PreconditionFailed));
  EXPECT_EQ(store->stat(at("missing"), {}), std::nullopt);
}

TEST_F(WriteStreamTest, LetsOneOfManyReplaceAVersion) {
  const auto etag = writeAll(*store, "a", "x").etag;
  std::atomic<int> winners{0};
  {
    std::vector<std::jthread> writers;
    for (int i = 0; i < 8; ++i) {
      writers.emplace_back([&] {
        const auto stream = start({.path = at("a"), .ifMatch = etag}, "y");
        try {
          stream->commit();
          ++winners;
        } catch (const StorageError& error) {
          EXPECT_EQ(error.code(), StorageErrc::PreconditionFailed);
        }
      });
    }
  }

  EXPECT_EQ(winners, 1);
}

TEST_F(WriteStreamTest, RefusesTargetsUpFront) {
  writeAll(*store, "file", "x");
  store->makeDirectory(at("folder"), {});

  EXPECT_THAT([&] { start({.path = at("folder")}, ""); },
              ThrowsStorageError(StorageErrc::IsADirectory));
  EXPECT_THAT([&] { start({.path = at("file/below/deep")}, ""); },
              ThrowsStorageError(StorageErrc::NotADirectory));
  EXPECT_THAT([&] { start({.path = at("missing/a"), .createParents = false}, ""); },
              ThrowsStorageError(StorageErrc::NotFound));
  EXPECT_THAT([&] { start({}, ""); }, ThrowsStorageError(StorageErrc::InvalidPath));
  EXPECT_THAT([&] { start({.path = at("a"), .ifAbsent = true, .ifMatch = ETag{"x"}}, ""); },
              ThrowsStorageError(StorageErrc::InvalidArgument));
}

TEST_F(WriteStreamTest, HoldsTheClientToItsSize) {
  const auto shorter = store->openWrite({.path = at("a")}, {.size = 4}, {});
  shorter->write(bytesOf("123"));
  const auto longer = store->openWrite({.path = at("a")}, {.size = 4}, {});
  longer->write(bytesOf("1234"));

  EXPECT_THAT([&] { shorter->commit(); }, ThrowsStorageError(StorageErrc::Truncated));
  EXPECT_THAT([&] { shorter->write(bytesOf("4")); },
              ThrowsStorageError(StorageErrc::InvalidArgument));
  EXPECT_THAT([&] { longer->write(bytesOf("5")); },
              ThrowsStorageError(StorageErrc::InvalidArgument));
  EXPECT_THAT([&] { longer->commit(); }, ThrowsStorageError(StorageErrc::InvalidArgument));
  EXPECT_EQ(store->stat(at("a"), {}), std::nullopt);
}

TEST_F(WriteStreamTest, RefusesASizeThatTheDiskHasNoRoomFor) {
  EXPECT_THAT([&] { store->openWrite({.path = at("a")}, {.size = UINT64_MAX}, {}); },
              ThrowsStorageError(StorageErrc::InsufficientStorage));
  EXPECT_THAT(
      [&] { store->openWrite({.path = at("a")}, {.size = *store->quota({}).available + 1}, {}); },
      ThrowsStorageError(StorageErrc::InsufficientStorage));
  EXPECT_EQ(tempFileCount(), 0U);
}

TEST_F(WriteStreamTest, KeepsTheModificationTime) {
  const Timestamp time(std::chrono::microseconds(1'234'567'890'123'456));
  const Timestamp beforeTheEpoch(std::chrono::microseconds(-1'500'001));

  EXPECT_EQ(writeAll(*store, "a", "x", {.modifiedAt = time}).modifiedAt, time);
  EXPECT_EQ(writeAll(*store, "b", "x", {.modifiedAt = beforeTheEpoch}).modifiedAt, beforeTheEpoch);
}

TEST_F(WriteStreamTest, KeepsATimeThatNanosecondsCannotCount) {
  const Timestamp year2400(std::chrono::seconds(13'569'465'600));

  EXPECT_EQ(writeAll(*store, "a", "x", {.modifiedAt = year2400}).modifiedAt, year2400);
}

TEST_F(WriteStreamTest, RefusesATimeThatTheDiskWouldBend) {
  const Timestamp farAway(std::chrono::hours(24L * 365 * 200'000));

  EXPECT_THAT([&] { store->openWrite({.path = at("a")}, {.modifiedAt = farAway}, {}); },
              ThrowsStorageError(StorageErrc::InvalidArgument));
}

TEST_F(WriteStreamTest, MakesANewEtagForTheSameLengthAndTime) {
  const Timestamp time(std::chrono::seconds(1'000'000'000));
  std::vector<std::string> etags;
  for (const auto* content : {"aaaa", "bbbb", "cccc", "dddd", "eeee"}) {
    etags.push_back(writeAll(*store, "a", content, {.modifiedAt = time}).etag->value);
  }

  std::sort(etags.begin(), etags.end());
  EXPECT_EQ(std::unique(etags.begin(), etags.end()), etags.end());
}

TEST_F(WriteStreamTest, MakesANewEtagForAChangeInPlaceThatHidesItself) {
  const auto before = *store->stat(writeAll(*store, "a", "aaaa").path, {});
  const auto time = std::filesystem::last_write_time(root / "a");

  // The kernel's clock may stand still for some milliseconds.
  std::optional<Entry> after;
  do {
    putFile(root / "a", "bbbb");
    std::filesystem::last_write_time(root / "a", time);
    after = store->stat(at("a"), {});
  } while (after->etag == before.etag &&
           std::chrono::system_clock::now() < *before.modifiedAt + std::chrono::seconds(10));

  EXPECT_EQ(after->modifiedAt, before.modifiedAt);
  EXPECT_EQ(after->size, before.size);
  EXPECT_NE(after->etag, before.etag);
}

TEST_F(WriteStreamTest, RefusesWorkAfterItsEnd) {
  const auto stream = start({.path = at("a")}, "x");
  stream->commit();
  stream->abort();

  EXPECT_THAT([&] { stream->write(bytesOf("x")); },
              ThrowsStorageError(StorageErrc::InvalidArgument));
  EXPECT_THAT([&] { stream->commit(); }, ThrowsStorageError(StorageErrc::InvalidArgument));
  EXPECT_EQ(readAll(*store, "a"), "x");
}

TEST_F(WriteStreamTest, EndsWhenItIsCancelled) {
  std::stop_source stop;
  const auto stream = store->openWrite({.path = at("a")}, {}, {.cancellation = stop.get_token()});

  stop.request_stop();

  EXPECT_THAT([&] { stream->write(bytesOf("x")); }, ThrowsStorageError(StorageErrc::Cancelled));
}

}  // namespace
}  // namespace mediadock::localdisk
