#include "localdisk_provider.h"

#include "unit/localdisk/store_fixture.h"

#include <atomic>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace mediadock::localdisk {
namespace {

class LocalDiskProviderTest : public StoreTest {
 protected:
  LocalDiskProviderTest() : store(open()) {}

  std::string readRange(std::optional<std::uint64_t> first, std::optional<std::uint64_t> last) {
    return readAll(*store->openRead(at("a"), {.range = ByteRange{first, last}}, {}));
  }

  std::unique_ptr<LocalDiskProvider> store;
};

TEST_F(LocalDiskProviderTest, ServesRanges) {
  writeAll(*store, "a", "0123456789");

  EXPECT_EQ(readRange(2, 4), "234");
  EXPECT_EQ(readRange(7, {}), "789");
  EXPECT_EQ(readRange(7, 100), "789");
  EXPECT_EQ(readRange({}, 3), "789");
  EXPECT_EQ(readRange({}, 100), "0123456789");
  EXPECT_THAT([&] { readRange(10, {}); }, ThrowsStorageError(StorageErrc::RangeNotSatisfiable));
  EXPECT_THAT([&] { readRange({}, 0); }, ThrowsStorageError(StorageErrc::RangeNotSatisfiable));
  EXPECT_THAT([&] { readRange(4, 3); }, ThrowsStorageError(StorageErrc::InvalidArgument));
  EXPECT_THAT([&] { readRange({}, {}); }, ThrowsStorageError(StorageErrc::InvalidArgument));
}

TEST_F(LocalDiskProviderTest, ServesOfAnEmptyFileOnlyASuffix) {
  writeAll(*store, "a", "");

  EXPECT_EQ(readRange({}, 5), "");
  EXPECT_THAT([&] { readRange(0, {}); }, ThrowsStorageError(StorageErrc::RangeNotSatisfiable));
  EXPECT_THAT([&] { readRange({}, 0); }, ThrowsStorageError(StorageErrc::RangeNotSatisfiable));
}

TEST_F(LocalDiskProviderTest, OffersTheFileBehindAStream) {
  writeAll(*store, "a", "0123456789");
  const auto stream = store->openRead(at("a"), {.range = ByteRange{2, 4}}, {});
  std::string content(3, ' ');

  const auto region = stream->file();

  ASSERT_TRUE(region);
  EXPECT_EQ(region->length, 3U);
  EXPECT_EQ(::pread(region->descriptor, content.data(), 3, static_cast<off_t>(region->offset)), 3);
  EXPECT_EQ(content, "234");
  EXPECT_EQ(readAll(*stream), "234");
}

TEST_F(LocalDiskProviderTest, NoticesAFileThatIsCutWhileItIsRead) {
  writeAll(*store, "a", "0123456789");
  const auto stream = store->openRead(at("a"), {}, {});
  std::string buffer(4, ' ');
  stream->read(std::as_writable_bytes(std::span(buffer)));

  std::filesystem::resize_file(root / "a", 4);

  EXPECT_THAT([&] { readAll(*stream); }, ThrowsStorageError(StorageErrc::Truncated));
}

TEST_F(LocalDiskProviderTest, GivesThePromisedBytesOfAFileThatGrows) {
  writeAll(*store, "a", "0123");
  const auto stream = store->openRead(at("a"), {}, {});

  std::ofstream(root / "a", std::ios::app) << "4567";

  EXPECT_EQ(readAll(*stream), "0123");
}

TEST_F(LocalDiskProviderTest, ReadsOnTheVersionItOpened) {
  writeAll(*store, "a", "old");
  const auto stream = store->openRead(at("a"), {}, {});

  writeAll(*store, "a", "new");

  EXPECT_EQ(readAll(*stream), "old");
}

TEST_F(LocalDiskProviderTest, KeepsTheFileIdOverAMove) {
  const auto written = writeAll(*store, "a", "x");

  const auto moved = store->move(at("a"), at("b"), Overwrite::Never, {});

  EXPECT_FALSE(written.fileId.empty());
  EXPECT_EQ(moved.fileId, written.fileId);
  EXPECT_EQ(store->stat(at("b"), {}), moved);
}

TEST_F(LocalDiskProviderTest, GivesACopyItsOwnIdentityAndTheSameTime) {
  const auto original = writeAll(*store, "a", "content",
                                 {.modifiedAt = Timestamp(std::chrono::seconds(1'000'000'000))});

  const auto copy = store->copy(at("a"), at("b"), Overwrite::Never, {});

  EXPECT_NE(copy.fileId, original.fileId);
  EXPECT_NE(copy.etag, original.etag);
  EXPECT_EQ(copy.modifiedAt, original.modifiedAt);
  EXPECT_EQ(readAll(*store, "b"), "content");
  EXPECT_EQ(store->stat(at("a"), {}), original);
}

TEST_F(LocalDiskProviderTest, ReplacesNoFolder) {
  writeAll(*store, "file", "x");
  store->makeDirectory(at("empty"), {});
  store->makeDirectory(at("other"), {});

  EXPECT_THAT([&] { store->move(at("file"), at("empty"), Overwrite::Replace, {}); },
              ThrowsStorageError(StorageErrc::AlreadyExists));
  EXPECT_THAT([&] { store->move(at("other"), at("empty"), Overwrite::Replace, {}); },
              ThrowsStorageError(StorageErrc::AlreadyExists));
  EXPECT_THAT([&] { store->move(at("other"), at("file"), Overwrite::Replace, {}); },
              ThrowsStorageError(StorageErrc::AlreadyExists));
  EXPECT_THAT([&] { store->copy(at("file"), at("empty"), Overwrite::Replace, {}); },
              ThrowsStorageError(StorageErrc::AlreadyExists));
  EXPECT_TRUE(store->stat(at("other"), {}) && store->stat(at("empty"), {}));
}

TEST_F(LocalDiskProviderTest, MovesNothingOntoOrBelowItself) {
  store->makeDirectory(at("a/b"), {});

  EXPECT_THAT([&] { store->move(at("a"), at("a"), Overwrite::Replace, {}); },
              ThrowsStorageError(StorageErrc::InvalidArgument));
  EXPECT_THAT([&] { store->move(at("a"), at("a/b/c"), Overwrite::Replace, {}); },
              ThrowsStorageError(StorageErrc::InvalidArgument));
  EXPECT_THAT([&] { store->move({}, at("c"), Overwrite::Replace, {}); },
              ThrowsStorageError(StorageErrc::InvalidArgument));
  EXPECT_THAT([&] { store->move(at("a"), {}, Overwrite::Replace, {}); },
              ThrowsStorageError(StorageErrc::AlreadyExists));
}

TEST_F(LocalDiskProviderTest, TellsWhatIsWrongWithTheParentOfATarget) {
  writeAll(*store, "file", "x");

  EXPECT_THAT([&] { store->move(at("file"), at("missing/a"), Overwrite::Never, {}); },
              ThrowsStorageError(StorageErrc::NotFound));
  EXPECT_THAT([&] { store->copy(at("file"), at("missing/a"), Overwrite::Never, {}); },
              ThrowsStorageError(StorageErrc::NotFound));
  EXPECT_THAT([&] { store->copy(at("file"), at("file/a"), Overwrite::Never, {}); },
              ThrowsStorageError(StorageErrc::NotADirectory));
}

TEST_F(LocalDiskProviderTest, RemovesTheExpectedVersionOnly) {
  const auto old = writeAll(*store, "a", "old").etag;
  const auto current = writeAll(*store, "a", "new").etag;

  EXPECT_THAT([&] { store->remove(at("a"), {.ifMatch = old}, {}); },
              ThrowsStorageError(StorageErrc::PreconditionFailed));
  EXPECT_NO_THROW(store->remove(at("a"), {.ifMatch = current}, {}));
}

TEST_F(LocalDiskProviderTest, RemovesAFolderOnlyWhereItIsEmptyOrAsked) {
  writeAll(*store, "a/b/c", "x");
  writeAll(*store, "ab", "x");

  EXPECT_THAT([&] { store->remove(at("a"), {}, {}); },
              ThrowsStorageError(StorageErrc::DirectoryNotEmpty));
  store->remove(at("a"), {.recursive = true}, {});

  EXPECT_EQ(namesOf(store->list({}, {}, {})), (std::vector<std::string>{"ab"}));
  EXPECT_THAT([&] { store->remove({}, {.recursive = true}, {}); },
              ThrowsStorageError(StorageErrc::InvalidPath));
}

TEST_F(LocalDiskProviderTest, RemovesATreeDeeperThanThereAreDescriptors) {
  std::filesystem::path path = root;
  for (int i = 0; i < 300; ++i) {
    path /= "d";
  }
  std::filesystem::create_directories(path);
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  const rlimit few{64, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);

  EXPECT_NO_THROW(store->remove(at("d"), {.recursive = true}, {}));

  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
  EXPECT_EQ(store->stat(at("d"), {}), std::nullopt);
}

/// Folders of long names, one in the other, below the folder `name`.
void makeDeep(const std::filesystem::path& root, const std::string& name, int depth) {
  const std::string below(200, 'd');
  int folder = ::open(root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  for (int i = 0; i <= depth; ++i) {
    const std::string& next = i == 0 ? name : below;
    ASSERT_EQ(::mkdirat(folder, next.c_str(), 0700), 0);
    const int entered = ::openat(folder, next.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    ::close(folder);
    folder = entered;
  }
  const int file = ::openat(folder, "file", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  ::close(file);
  ::close(folder);
}

TEST_F(LocalDiskProviderTest, RemovesATreeWhosePathsAreTooLongForTheSystem) {
  makeDeep(root, "deep", 50);

  store->remove(at("deep"), {.recursive = true}, {});

  EXPECT_EQ(store->stat(at("deep"), {}), std::nullopt);
}

TEST_F(LocalDiskProviderTest, MovesNoFolderToWhereItsPathsWouldBeTooLong) {
  makeDeep(root, "a", 12);
  makeDeep(root, "b", 12);
  const std::string below = "/" + std::string(200, 'd');
  std::string far = "b";
  for (int i = 0; i < 11; ++i) {
    far += below;
  }

  EXPECT_THAT([&] { store->move(at("a"), at(far + "/a"), Overwrite::Never, {}); },
              ThrowsStorageError(StorageErrc::InvalidPath));
  EXPECT_TRUE(store->stat(at("a" + below), {}));
  EXPECT_NO_THROW(store->move(at("a"), at("b" + below + "/a"), Overwrite::Never, {}));
  EXPECT_NO_THROW(store->move(at("b" + below + "/a"), at("c"), Overwrite::Never, {}));
}

TEST_F(LocalDiskProviderTest, MakesADirectoryOnceForManyCallers) {
  std::atomic<int> made{0};
  {
    std::vector<std::jthread> callers;
    for (int i = 0; i < 16; ++i) {
      callers.emplace_back([&] { made += store->makeDirectory(at("a/b/c/d"), {}) ? 1 : 0; });
    }
  }

  EXPECT_EQ(made, 1);
  EXPECT_FALSE(store->makeDirectory({}, {}));
}

TEST_F(LocalDiskProviderTest, MakesADirectoryNeitherOverNorBelowAFile) {
  writeAll(*store, "file", "x");

  EXPECT_THAT([&] { store->makeDirectory(at("file"), {}); },
              ThrowsStorageError(StorageErrc::AlreadyExists));
  EXPECT_THAT([&] { store->makeDirectory(at("file/below"), {}); },
              ThrowsStorageError(StorageErrc::NotADirectory));
}

TEST_F(LocalDiskProviderTest, WritesTheLongestPathItClaimsAndNoLongerOne) {
  std::string longest(255, 'n');
  for (int i = 1; i < 15; ++i) {
    longest += "/" + std::string(255, 'n');
  }
  longest += "/" + std::string(253, 'n') + "/n";

  ASSERT_EQ(longest.size(), store->capabilities().maxPathBytes);
  EXPECT_NO_THROW(writeAll(*store, longest, "x"));
  EXPECT_EQ(readAll(*store, longest), "x");
  EXPECT_THAT([&] { writeAll(*store, longest + "n", "x"); },
              ThrowsStorageError(StorageErrc::InvalidPath));
}

TEST_F(LocalDiskProviderTest, AnswersCancelledAfterShutdown) {
  writeAll(*store, "a", "x");
  const auto reader = store->openRead(at("a"), {}, {});
  const auto writer = store->openWrite({.path = at("b")}, {}, {});
  std::string buffer(4, ' ');

  store->shutdown();
  store->shutdown();

  EXPECT_THAT([&] { store->stat(at("a"), {}); }, ThrowsStorageError(StorageErrc::Cancelled));
  EXPECT_THAT([&] { reader->read(std::as_writable_bytes(std::span(buffer))); },
              ThrowsStorageError(StorageErrc::Cancelled));
  EXPECT_THAT([&] { writer->commit(); }, ThrowsStorageError(StorageErrc::Cancelled));
}

}  // namespace
}  // namespace mediadock::localdisk
