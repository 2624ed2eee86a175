#include "unit/localdisk/store_fixture.h"

#include <fcntl.h>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

namespace mediadock::localdisk {
namespace {

class ListingTest : public StoreTest {};

TEST_F(ListingTest, GivesPagesInByteOrder) {
  const auto store = open();
  for (const auto* name : {"b", "B", "a.txt", "a", "Ω", "~"}) {
    writeAll(*store, name, "x");
  }

  const auto first = store->list({}, {.pageSize = 4}, {});
  const auto second = store->list({}, {.pageSize = 4, .token = first.nextToken}, {});

  EXPECT_EQ(namesOf(first), (std::vector<std::string>{"B", "a", "a.txt", "b"}));
  EXPECT_EQ(namesOf(second), (std::vector<std::string>{"~", "Ω"}));
  EXPECT_EQ(second.nextToken, "");
}

TEST_F(ListingTest, EndsWithoutATokenWhereAPageIsJustFull) {
  const auto store = open();
  writeAll(*store, "a", "x");
  writeAll(*store, "b", "x");

  EXPECT_EQ(store->list({}, {.pageSize = 2}, {}).nextToken, "");
}

TEST_F(ListingTest, ContinuesAfterANameThatIsGone) {
  const auto store = open();
  for (const auto* name : {"a", "b", "c"}) {
    writeAll(*store, name, "x");
  }
  const auto first = store->list({}, {.pageSize = 2}, {});

  store->remove(at("b"), {}, {});
  writeAll(*store, "aa", "x");
  const auto second = store->list({}, {.pageSize = 2, .token = first.nextToken}, {});

  EXPECT_EQ(namesOf(second), (std::vector<std::string>{"c"}));
}

TEST_F(ListingTest, RefusesForeignTokens) {
  const auto store = open();
  store->makeDirectory(at("folder"), {});
  writeAll(*store, "a", "x");
  writeAll(*store, "b", "x");
  const auto token = store->list({}, {.pageSize = 1}, {}).nextToken;

  EXPECT_THAT([&] { store->list(at("folder"), {.token = token}, {}); },
              ThrowsStorageError(StorageErrc::InvalidArgument));
  EXPECT_THAT([&] { store->list({}, {.token = "made up"}, {}); },
              ThrowsStorageError(StorageErrc::InvalidArgument));
}

TEST_F(ListingTest, NotesWhatItCannotShow) {
  const auto store = open();
  writeAll(*store, "good", "x");
  putFile(root / "bad\xFFname", "x");
  putFile(root / "bell\x07", "x");
  std::filesystem::create_symlink("good", root / "link");
  std::filesystem::create_symlink("nowhere", root / "dangling");
  std::filesystem::create_directory_symlink(base, root / "out");
  ASSERT_EQ(::mkfifo((root / "pipe").c_str(), 0600), 0);

  const auto page = store->list({}, {}, {});

  EXPECT_EQ(namesOf(page), (std::vector<std::string>{"good"}));
  EXPECT_EQ(page.omitted, 6U);
  EXPECT_THAT(page.notes,
              ::testing::UnorderedElementsAre(
                  ::testing::HasSubstr("bad\\xffname"), ::testing::HasSubstr("bell\\x07"),
                  ::testing::HasSubstr("'link'"), ::testing::HasSubstr("'dangling'"),
                  ::testing::HasSubstr("'out'"), ::testing::HasSubstr("'pipe'")));
}

TEST_F(ListingTest, NotesOnceAndNotOnEachPage) {
  const auto store = open();
  writeAll(*store, "a", "x");
  writeAll(*store, "b", "x");
  std::filesystem::create_symlink("a", root / "link");

  const auto first = store->list({}, {.pageSize = 1}, {});
  const auto second = store->list({}, {.pageSize = 1, .token = first.nextToken}, {});

  EXPECT_EQ(first.notes.size(), 1U);
  EXPECT_EQ(second.notes.size(), 0U);
}

TEST_F(ListingTest, TellsAFileFromNothing) {
  const auto store = open();
  writeAll(*store, "file", "x");

  EXPECT_THAT([&] { store->list(at("file"), {}, {}); },
              ThrowsStorageError(StorageErrc::NotADirectory));
  EXPECT_THAT([&] { store->list(at("file/below"), {}, {}); },
              ThrowsStorageError(StorageErrc::NotFound));
  EXPECT_THAT([&] { store->list(at("missing"), {}, {}); },
              ThrowsStorageError(StorageErrc::NotFound));
}

TEST_F(ListingTest, HoldsAHundredThousandEntries) {
  const auto store = open();
  const int folder = ::open(root.c_str(), O_RDONLY | O_DIRECTORY);
  constexpr int kCount = 100000;
  for (int i = 0; i < kCount; ++i) {
    ::close(::openat(folder, std::to_string(i).c_str(), O_CREAT | O_WRONLY, 0600));
  }
  ::close(folder);
  std::set<std::string> names;
  std::size_t listed = 0;
  ListOptions options{.pageSize = 15000};

  do {
    const auto page = store->list({}, options, {});
    listed += page.entries.size();
    for (const auto& entry : page.entries) {
      names.insert(entry.path.str());
    }
    options.token = page.nextToken;
  } while (!options.token.empty());

  EXPECT_EQ(names.size(), std::size_t{kCount});
  EXPECT_EQ(listed, std::size_t{kCount});
}

TEST_F(ListingTest, EndsWhenItIsCancelled) {
  const auto store = open();
  std::stop_source stop;
  stop.request_stop();

  EXPECT_THAT([&] { store->list({}, {}, {.cancellation = stop.get_token()}); },
              ThrowsStorageError(StorageErrc::Cancelled));
}

}  // namespace
}  // namespace mediadock::localdisk
