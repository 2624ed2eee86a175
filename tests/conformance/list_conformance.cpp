#include "conformance/provider_conformance.h"

#include <algorithm>
#include <iterator>
#include <set>

namespace mediadock {
namespace {

/// All that the provider tells of a directory, in its own order.
std::vector<Entry> streamed(IStorageProvider& provider, const StoragePath& path,
                            const CallContext& context) {
  std::vector<Entry> all;
  std::vector<Entry> some;
  const auto stream = provider.openList(path, context);
  for (bool hasMore = true; hasMore;) {
    hasMore = stream->next(some, CallContext::Clock::time_point::max());
    std::ranges::move(some, std::back_inserter(all));
  }
  return all;
}

using testing::Contains;
using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::UnorderedElementsAre;
using testing::UnorderedElementsAreArray;

TEST_P(ProviderConformance, AnEmptyDirectoryHasNoEntries_I01) {
  const auto makeFolder = [&] { provider().makeDirectory(in("folder"), context()); };
  if (!able(can().makeDirectory, makeFolder)) {
    return;
  }
  makeFolder();

  const ListPage page = provider().list(in("folder"), {}, context());

  EXPECT_THAT(page.entries, IsEmpty());
  EXPECT_THAT(page.nextToken, IsEmpty());
}

TEST_P(ProviderConformance, AListingIsOneLevelWithoutTheDirectoryItself_I02_I03) {
  put(in("folder/file"), "1");
  put(in("folder/sub/nested"), "2");

  EXPECT_THAT(namesIn(in("folder")), UnorderedElementsAre("file", "sub"));
}

TEST_P(ProviderConformance, AMissingDirectoryCannotBeListed_I04) {
  EXPECT_THAT([&] { provider().list(in("missing"), {}, context()); },
              ThrowsStorageError(StorageErrc::NotFound));
}

TEST_P(ProviderConformance, AFileCannotBeListed_I05) {
  put(in("file"), "content");

  EXPECT_THAT([&] { provider().list(in("file"), {}, context()); },
              ThrowsStorageError(StorageErrc::NotADirectory));
}

TEST_P(ProviderConformance, TheRootCanBeListed_I06) {
  put(in("file"), "content");

  EXPECT_THAT(namesIn({}), Contains(in("").str()));
}

TEST_P(ProviderConformance, ListedEntriesAreTheOnesThatStatTells_I07_I08) {
  put(in("folder/file"), "content");
  put(in("folder/empty"), "");
  put(in("folder/sub/nested"), "content");

  for (const Entry& entry : entriesOf(in("folder"))) {
    const Entry alone = statOf(entry.path);
    EXPECT_EQ(entry.kind, alone.kind) << entry.path.str();
    EXPECT_EQ(entry.size, alone.size) << entry.path.str();
    EXPECT_EQ(entry.modifiedAt, alone.modifiedAt) << entry.path.str();
    EXPECT_EQ(entry.fileId, alone.fileId) << entry.path.str();
    EXPECT_EQ(entry.isDirectory(), entry.path.name() == "sub");
  }
}

TEST_P(ProviderConformance, PagesOfAnySizeMakeOneWholeListing_I09_I10) {
  const std::vector<std::string> names = {"a", "b", "c", "d", "e", "f"};
  for (const std::string& name : names) {
    put(in(name), name);
  }

  EXPECT_THAT(namesIn(in(""), 1), UnorderedElementsAreArray(names));
  EXPECT_THAT(namesIn(in(""), 2), UnorderedElementsAreArray(names));
  EXPECT_THAT(namesIn(in(""), 4), UnorderedElementsAreArray(names));
  EXPECT_THAT(namesIn(in(""), 6), UnorderedElementsAreArray(names));
}

TEST_P(ProviderConformance, ChangesBetweenPagesLeaveUntouchedEntriesInOnce_I11) {
  for (const std::string name : {"b", "d", "f", "h", "j", "l"}) {
    put(in(name), name);
  }
  const ListPage first = provider().list(in(""), {.pageSize = 2}, context());
  std::vector<std::string> names;
  for (const Entry& entry : first.entries) {
    names.emplace_back(entry.path.name());
  }
  std::vector<std::string> untouched = {"b", "d", "f", "h", "j", "l"};
  const std::string gone = names.at(0);
  std::erase(untouched, gone);

  provider().remove(in(gone), {}, context());
  put(in("a"), "new");
  put(in("m"), "new");
  for (std::string token = first.nextToken; !token.empty();) {
    const ListPage page = provider().list(in(""), {.pageSize = 2, .token = token}, context());
    for (const Entry& entry : page.entries) {
      names.emplace_back(entry.path.name());
    }
    token = page.nextToken;
  }

  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size());
  EXPECT_THAT(names, IsSupersetOf(untouched));
}

TEST_P(ProviderConformance, AMadeUpTokenIsRefused_I12) {
  put(in("file"), "content");

  EXPECT_THAT([&] { provider().list(in(""), {.token = "no token of yours"}, context()); },
              ThrowsStorageError(StorageErrc::InvalidArgument));
}

TEST_P(ProviderConformance, ATokenOfAnotherListingIsRefused_I12) {
  for (const std::string path : {"one/a", "one/b", "two/a", "two/b"}) {
    put(in(path), "content");
  }
  const std::string token = provider().list(in("one"), {.pageSize = 1}, context()).nextToken;

  EXPECT_THAT([&] { provider().list(in("two"), {.pageSize = 1, .token = token}, context()); },
              ThrowsStorageError(StorageErrc::InvalidArgument));
}

TEST_P(ProviderConformance, ALongListingIsWhole_I13_I14) {
  const std::size_t count = GetParam().manyFiles;
  ASSERT_GE(count, 1100U);
  if (GetParam().fill) {
    GetParam().fill(in("folder"), count);
  } else {
    for (std::size_t i = 0; i < count; ++i) {
      put(in("folder/file" + std::to_string(i)), "");
    }
  }

  const std::vector<std::string> names = namesIn(in("folder"));

  EXPECT_EQ(names.size(), count);
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), count);
}

TEST_P(ProviderConformance, AStreamTellsWhatThePagesTell_I02_I13) {
  for (int i = 0; i < 20; ++i) {
    put(in("folder/file" + std::to_string(i)), std::to_string(i));
  }
  put(in("folder/sub/nested"), "2");

  EXPECT_THAT(streamed(provider(), in("folder"), context()),
              UnorderedElementsAreArray(entriesOf(in("folder"))));
}

TEST_P(ProviderConformance, AStreamIsOfADirectoryThatIsThere_I04_I05) {
  put(in("file"), "content");

  EXPECT_THAT([&] { streamed(provider(), in("missing"), context()); },
              ThrowsStorageError(StorageErrc::NotFound));
  EXPECT_THAT([&] { streamed(provider(), in("file"), context()); },
              ThrowsStorageError(StorageErrc::NotADirectory));
}

TEST_P(ProviderConformance, AStreamMayBeLeftInTheMiddle_I13) {
  for (int i = 0; i < 20; ++i) {
    put(in("folder/file" + std::to_string(i)), "");
  }
  std::vector<Entry> some;

  provider().openList(in("folder"), context())->next(some, CallContext::Clock::now());

  EXPECT_EQ(streamed(provider(), in("folder"), context()).size(), 20U);
}

TEST_P(ProviderConformance, AListingIsInByteOrderWhereClaimed_I15) {
  for (const std::string name : {"b", "a", "\xC3\xA9", "a.txt", "a-b", "Z", "10", "9"}) {
    put(in(name + "/file"), name);
  }

  const std::vector<std::string> names = namesIn(in(""), 3);

  EXPECT_EQ(names.size(), 8U);
  EXPECT_EQ(namesIn(in(""), 3), names);
  EXPECT_TRUE(!can().listSorted || std::ranges::is_sorted(names));
}

}  // namespace
}  // namespace mediadock
