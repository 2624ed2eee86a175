#include "disk/temp_folder.h"

#include "unit/localdisk/store_fixture.h"

#include <unistd.h>

namespace mediadock::localdisk {
namespace {

class TempFolderTest : public StoreTest {};

TEST_F(TempFolderTest, IsSweptOfWhatACrashLeft) {
  const auto crash = [this] {
    const auto store = open();
    const auto stream = store->openWrite({.path = at("a")}, {}, {});
    stream->write(bytesOf("unfinished"));
    ::_exit(7);
  };
  EXPECT_EXIT(crash(), ::testing::ExitedWithCode(7), "");
  ASSERT_EQ(tempFileCount(), 1U);

  const auto store = open();

  EXPECT_EQ(tempFileCount(), 0U);
  EXPECT_EQ(store->stat(at("a"), {}), std::nullopt);
}

TEST_F(TempFolderTest, KeepsWhatALivingWriterHolds) {
  const auto store = open();
  const auto stream = store->openWrite({.path = at("a")}, {}, {});
  stream->write(bytesOf("still here"));

  const auto other = open();
  stream->commit();

  EXPECT_EQ(readAll(*other, "a"), "still here");
}

TEST_F(TempFolderTest, IsEmptyAfterCommitAbortAndDestruction) {
  const auto store = open();
  writeAll(*store, "a", "x");
  store->openWrite({.path = at("b")}, {}, {})->abort();
  store->openWrite({.path = at("c")}, {}, {}).reset();

  EXPECT_EQ(tempFileCount(), 0U);
}

TEST_F(TempFolderTest, IsNotThereForReaders) {
  const auto store = open();
  putFile(root / ".mediadock-tmp" / "file", "secret");

  EXPECT_TRUE(store->list({}, {}, {}).entries.empty());
  EXPECT_TRUE(store->list({}, {}, {}).notes.empty());
  EXPECT_EQ(store->stat(at(".mediadock-tmp"), {}), std::nullopt);
  EXPECT_EQ(store->stat(at(".mediadock-tmp/file"), {}), std::nullopt);
  EXPECT_THAT([&] { store->list(at(".mediadock-tmp"), {}, {}); },
              ThrowsStorageError(StorageErrc::NotFound));
  EXPECT_THAT([&] { store->openRead(at(".mediadock-tmp/file"), {}, {}); },
              ThrowsStorageError(StorageErrc::NotFound));
  EXPECT_THAT([&] { store->copy(at(".mediadock-tmp/file"), at("a"), Overwrite::Never, {}); },
              ThrowsStorageError(StorageErrc::NotFound));
}

TEST_F(TempFolderTest, IsNotThereForWriters) {
  const auto store = open();
  writeAll(*store, "a", "x");

  EXPECT_THAT([&] { writeAll(*store, ".mediadock-tmp/file", "x"); },
              ThrowsStorageError(StorageErrc::InvalidPath));
  EXPECT_THAT([&] { writeAll(*store, ".Mediadock-TMP", "x"); },
              ThrowsStorageError(StorageErrc::InvalidPath));
  EXPECT_THAT([&] { store->makeDirectory(at(".mediadock-tmp/folder"), {}); },
              ThrowsStorageError(StorageErrc::InvalidPath));
  EXPECT_THAT([&] { store->move(at("a"), at(".mediadock-tmp/a"), Overwrite::Replace, {}); },
              ThrowsStorageError(StorageErrc::InvalidPath));
  EXPECT_THAT([&] { store->move(at(".mediadock-tmp"), at("b"), Overwrite::Replace, {}); },
              ThrowsStorageError(StorageErrc::InvalidPath));
  EXPECT_THAT([&] { store->copy(at("a"), at(".mediadock-tmp/a"), Overwrite::Replace, {}); },
              ThrowsStorageError(StorageErrc::InvalidPath));
  EXPECT_THAT([&] { store->remove(at(".mediadock-tmp"), {.recursive = true}, {}); },
              ThrowsStorageError(StorageErrc::NotFound));
}

TEST_F(TempFolderTest, MayHaveItsNameBelowOtherFolders) {
  const auto store = open();

  writeAll(*store, "a/.mediadock-tmp/file", "x");

  EXPECT_EQ(readAll(*store, "a/.mediadock-tmp/file"), "x");
}

}  // namespace
}  // namespace mediadock::localdisk
