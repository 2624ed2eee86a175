#include "disk/root_directory.h"

#include "unit/localdisk/store_fixture.h"

#include <linux/fs.h>

#include <atomic>
#include <fcntl.h>
#include <functional>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace mediadock::localdisk {
namespace {

/// A store with links that lead out of it, and beside it what they lead to.
class EscapeTest : public StoreTest {
 protected:
  EscapeTest() : store(open()) {
    std::filesystem::create_directory(base / "outside");
    putFile(base / "outside" / "secret", "outside");
    std::filesystem::create_directory_symlink(base / "outside", root / "out");
    std::filesystem::create_directory_symlink("../outside", root / "relative");
    std::filesystem::create_symlink(base / "outside" / "secret", root / "link");
    std::filesystem::create_symlink(base / "outside" / "new", root / "dangling");
  }

  std::size_t outsideCount() const {
    const std::filesystem::directory_iterator files(base / "outside");
    return static_cast<std::size_t>(std::distance(begin(files), end(files)));
  }

  std::unique_ptr<LocalDiskProvider> store;
};

class EscapePath : public EscapeTest, public ::testing::WithParamInterface<const char*> {};

TEST_P(EscapePath, X10IsNotThere) {
  EXPECT_EQ(store->stat(at(GetParam()), {}), std::nullopt);
  EXPECT_THAT([&] { store->openRead(at(GetParam()), {}, {}); },
              ThrowsStorageError(StorageErrc::NotFound));
  EXPECT_THAT([&] { store->list(at(GetParam()), {}, {}); },
              ThrowsStorageError(StorageErrc::NotFound));
  EXPECT_THAT([&] { store->remove(at(GetParam()), {.recursive = true}, {}); },
              ThrowsStorageError(StorageErrc::NotFound));
  EXPECT_THAT([&] { store->copy(at(GetParam()), at("copy"), Overwrite::Never, {}); },
              ThrowsStorageError(StorageErrc::NotFound));
  EXPECT_THAT([&] { store->move(at(GetParam()), at("moved"), Overwrite::Never, {}); },
              ThrowsStorageError(StorageErrc::NotFound));
  EXPECT_EQ(fileContent(base / "outside" / "secret"), "outside");
}

INSTANTIATE_TEST_SUITE_P(Links, EscapePath,
                         ::testing::Values("link", "dangling", "out", "out/secret", "relative",
                                           "relative/secret", "link/below"));

TEST_F(EscapeTest, X10WritesThroughNoLink) {
  EXPECT_THAT([&] { writeAll(*store, "out/new", "x"); },
              ThrowsStorageError(StorageErrc::PermissionDenied));
  EXPECT_THAT([&] { writeAll(*store, "out/deeper/new", "x"); },
              ThrowsStorageError(StorageErrc::PermissionDenied));
  EXPECT_THAT([&] { writeAll(*store, "dangling", "x"); },
              ThrowsStorageError(StorageErrc::Conflict));
  EXPECT_THAT([&] { writeAll(*store, "link", "x"); }, ThrowsStorageError(StorageErrc::Conflict));
  EXPECT_THAT([&] { store->makeDirectory(at("relative/new"), {}); },
              ThrowsStorageError(StorageErrc::PermissionDenied));
  EXPECT_THAT([&] { store->makeDirectory(at("dangling"), {}); },
              ThrowsStorageError(StorageErrc::AlreadyExists));

  EXPECT_EQ(outsideCount(), 1U);
  EXPECT_EQ(fileContent(base / "outside" / "secret"), "outside");
}

TEST_F(EscapeTest, CreatesNothingOverALink) {
  const auto stream = store->openWrite({.path = at("dangling"), .ifAbsent = true}, {}, {});

  EXPECT_THAT([&] { stream->commit(); }, ThrowsStorageError(StorageErrc::AlreadyExists));
  EXPECT_EQ(outsideCount(), 1U);
}

TEST_F(EscapeTest, MovesNothingThroughALink) {
  writeAll(*store, "file", "x");

  EXPECT_THAT([&] { store->move(at("file"), at("out/file"), Overwrite::Replace, {}); },
              ThrowsStorageError(StorageErrc::PermissionDenied));
  EXPECT_THAT([&] { store->copy(at("file"), at("out/secret"), Overwrite::Replace, {}); },
              ThrowsStorageError(StorageErrc::PermissionDenied));
  EXPECT_EQ(outsideCount(), 1U);
}

TEST_F(EscapeTest, RemovesLinksInATreeAndNotWhatTheyLeadTo) {
  store->makeDirectory(at("tree/deep"), {});
  std::filesystem::create_directory_symlink(base / "outside", root / "tree" / "deep" / "out");
  std::filesystem::create_symlink(base / "outside" / "secret", root / "tree" / "link");

  store->remove(at("tree"), {.recursive = true}, {});

  EXPECT_EQ(store->stat(at("tree"), {}), std::nullopt);
  EXPECT_EQ(fileContent(base / "outside" / "secret"), "outside");
}

/// Swaps the folder "swap" with a link to the outside as long as it lives.
class Swapper {
 public:
  explicit Swapper(const std::filesystem::path& root)
      : thread_([folder = (root / "swap").string(), link = (root / "out").string(),
                 this](const std::stop_token& stop) {
          while (!stop.stop_requested()) {
            const auto result = ::syscall(SYS_renameat2, AT_FDCWD, folder.c_str(), AT_FDCWD,
                                          link.c_str(), RENAME_EXCHANGE);
            swaps_ += result == 0 ? 1 : 0;
          }
        }) {}

  int swaps() const noexcept { return swaps_; }

 private:
  std::atomic<int> swaps_{0};
  std::jthread thread_;
};

/// Runs the steps in turn while the folder is swapped a few thousand times, until each had a fair
/// number of tries, and returns how often one worked.
int workDuringSwaps(const std::filesystem::path& root,
                    const std::vector<std::function<void(int)>>& steps) {
  constexpr int kSwaps = 3000;
  constexpr int kMinWorked = 50;
  constexpr int kMostTries = 100000;
  int worked = 0;
  const Swapper swapper(root);
  for (int i = 0; i < kMostTries && (swapper.swaps() < kSwaps || worked < kMinWorked); ++i) {
    try {
      steps[static_cast<std::size_t>(i) % steps.size()](i);
      ++worked;
    } catch (const StorageError&) {
      // Refused while the link was there.
    }
  }
  return worked;
}

TEST_F(EscapeTest, X10ReadsNothingOutsideWhileAFolderIsSwappedWithALink) {
  writeAll(*store, "swap/secret", "inside");

  const auto read = [&](int) { ASSERT_EQ(readAll(*store, "swap/secret"), "inside"); };
  const auto list = [&](int) {
    const auto page = store->list(at("swap"), {}, {});
    ASSERT_EQ(page.entries.at(0).size, std::string_view("inside").size());
  };
  const int worked = workDuringSwaps(root, {read, list});

  EXPECT_GT(worked, 0);
}

TEST_F(EscapeTest, X10ChangesNothingOutsideWhileAFolderIsSwappedWithALink) {
  store->makeDirectory(at("swap"), {});

  const auto write = [&](int i) { writeAll(*store, "swap/" + std::to_string(i), "x"); };
  const auto overwrite = [&](int) { writeAll(*store, "swap/secret", "x"); };
  const auto removeFile = [&](int) { store->remove(at("swap/secret"), {}, {}); };
  const auto makeDirectory = [&](int) { store->makeDirectory(at("swap/deep/new"), {}); };
  const auto removeTree = [&](int) { store->remove(at("swap"), {.recursive = true}, {}); };
  const auto makeAnew = [&](int) { store->makeDirectory(at("swap"), {}); };
  const int worked = workDuringSwaps(
      root, {write, overwrite, removeFile, makeDirectory, write, removeTree, makeAnew});

  EXPECT_GT(worked, 0);
  EXPECT_EQ(outsideCount(), 1U);
  EXPECT_EQ(fileContent(base / "outside" / "secret"), "outside");
}

TEST_F(EscapeTest, OpensNoPipe) {
  ASSERT_EQ(::mkfifo((root / "pipe").c_str(), 0600), 0);

  EXPECT_EQ(store->stat(at("pipe"), {}), std::nullopt);
  EXPECT_THAT([&] { store->openRead(at("pipe"), {}, {}); },
              ThrowsStorageError(StorageErrc::NotFound));
  EXPECT_THAT([&] { writeAll(*store, "pipe", "x"); }, ThrowsStorageError(StorageErrc::Conflict));
  EXPECT_THAT([&] { writeAll(*store, "pipe/below", "x"); },
              ThrowsStorageError(StorageErrc::NotADirectory));
  EXPECT_EQ(::open((root / "pipe").c_str(), O_WRONLY | O_NONBLOCK), -1) << "somebody reads it";
}

class RootTest : public StoreTest {};

TEST_F(RootTest, IsMadeWithItsParents) {
  root = base / "a" / "b" / "c";

  const auto store = open();

  EXPECT_TRUE(std::filesystem::is_directory(root));
  EXPECT_NO_THROW(store->check({}));
  EXPECT_TRUE(store->capabilities().caseSensitive);
}

TEST_F(RootTest, IsReportedWhereItIsAFile) {
  putFile(root, "x");

  const auto store = open();

  EXPECT_THAT([&] { store->check({}); }, ThrowsStorageError(StorageErrc::NotADirectory));
}

TEST_F(RootTest, IsFoundOnceItBecomesUsable) {
  putFile(root, "x");
  const auto store = open();

  std::filesystem::remove(root);

  EXPECT_NO_THROW(store->check({}));
  EXPECT_NO_THROW(writeAll(*store, "a", "x"));
}

TEST_F(RootTest, IsReopenedByCheckWhereItWasReplaced) {
  const auto store = open();
  std::filesystem::rename(root, base / "old");
  std::filesystem::create_directory(root);

  store->check({});
  writeAll(*store, "a", "x");

  EXPECT_EQ(fileContent(root / "a"), "x");
}

/// Runs `step` in a thread that has no rights over other users' files.
template <typename Step>
void runUnprivileged(Step step) {
  std::jthread([&] {
    // The raw call changes this thread alone; where we are nobody special it changes nothing.
    constexpr long kNobody = 65534;
    const bool isRoot = ::geteuid() == 0;
    ASSERT_EQ(isRoot ? ::syscall(SYS_setresuid, -1, kNobody, -1) : 0, 0);
    step();
  }).join();
}

TEST_F(RootTest, IsReportedWhereItCannotBeRead) {
  std::filesystem::permissions(base, std::filesystem::perms(0755));
  std::filesystem::create_directory(root);
  std::filesystem::permissions(root, std::filesystem::perms::none);

  runUnprivileged([&] {
    const auto store = open();
    EXPECT_THAT([&] { store->check({}); }, ThrowsStorageError(StorageErrc::PermissionDenied));
  });
}

TEST_F(RootTest, IsReportedWhereItCannotBeWritten) {
  const auto store = open();
  std::filesystem::permissions(base, std::filesystem::perms(0755));
  std::filesystem::permissions(root, std::filesystem::perms(0555));

  runUnprivileged([&] {
    EXPECT_THAT([&] { store->check({}); }, ThrowsStorageError(StorageErrc::PermissionDenied));
  });
}

}  // namespace
}  // namespace mediadock::localdisk
