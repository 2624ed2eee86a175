#include "unit/cache/cache_fixture.h"

#include <gmock/gmock.h>

#include <sys/stat.h>
#include <thread>

namespace mediadock::cache {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

TEST_F(BlobCacheTest, FindsWhatWasWritten) {
  const auto cache = open();
  const std::string key("provider\0a/b.jpg", 16);

  ASSERT_TRUE(put(*cache, key, "content"));

  const auto blob = cache->find(key);
  ASSERT_TRUE(blob);
  EXPECT_EQ(contentOf(*blob), "content");
  EXPECT_EQ(blob->metadata(), "text/plain");
  EXPECT_EQ(cache->find("another"), std::nullopt);
}

TEST_F(BlobCacheTest, FindsABlobOfNoBytes) {
  const auto cache = open();

  ASSERT_TRUE(put(*cache, "key", ""));

  EXPECT_EQ(get(*cache, "key"), "");
}

TEST_F(BlobCacheTest, FindsWhatWasWrittenBeforeARestart) {
  ASSERT_TRUE(put(*open(), "key", "content"));

  EXPECT_EQ(get(*open(), "key"), "content");
}

TEST_F(BlobCacheTest, ReplacesWhatHasTheSameKey) {
  const auto cache = open();

  ASSERT_TRUE(put(*cache, "key", "old"));
  ASSERT_TRUE(put(*cache, "key", "new"));

  EXPECT_EQ(get(*cache, "key"), "new");
  EXPECT_EQ(cache->bytes(), 4096U);
}

TEST_F(BlobCacheTest, LetsAnOpenBlobBeReadToItsEnd) {
  const auto cache = open();
  ASSERT_TRUE(put(*cache, "key", "old"));
  const auto blob = cache->find("key");

  ASSERT_TRUE(put(*cache, "key", "new"));
  std::filesystem::remove_all(blobs());

  EXPECT_EQ(contentOf(*blob), "old");
}

TEST_F(BlobCacheTest, EvictsWhatWasUsedLeastRecently) {
  const auto cache = open(4 * 4096);
  for (const char* key : {"a", "b", "c", "d"}) {
    ASSERT_TRUE(put(*cache, key, key));
  }
  ASSERT_EQ(get(*cache, "a"), "a");

  ASSERT_TRUE(put(*cache, "e", "e"));

  EXPECT_EQ(get(*cache, "a"), "a");
  EXPECT_EQ(get(*cache, "b"), std::nullopt);
  EXPECT_EQ(get(*cache, "e"), "e");
}

TEST_F(BlobCacheTest, NeverTakesMoreThanItMay) {
  const auto cache = open(10 * 4096);
  for (int i = 0; i < 200; ++i) {
    ASSERT_TRUE(put(*cache, std::to_string(i), std::string(static_cast<std::size_t>(i) * 37, 'x')));
    ASSERT_LE(bytesOnDisk(), 10U * 4096);
  }

  EXPECT_EQ(bytesOnDisk(), cache->bytes());
}

TEST_F(BlobCacheTest, CountsWhatIsStillWritten) {
  const auto cache = open(4 * 4096);
  ASSERT_TRUE(put(*cache, "old", "old"));
  const std::string content = "content";
  std::vector<std::unique_ptr<BlobWriter>> writers;
  for (const char* key : {"a", "b", "c", "d"}) {
    writers.push_back(cache->startWriting(key, "", content.size()));
    ASSERT_TRUE(writers.back());
  }

  EXPECT_FALSE(cache->startWriting("e", "", content.size()));
  EXPECT_EQ(get(*cache, "old"), std::nullopt);
  writers.pop_back();
  EXPECT_TRUE(cache->startWriting("e", "", content.size()));
}

TEST_F(BlobCacheTest, EvictsNotTheWholeForOne) {
  const auto cache = open();
  ASSERT_TRUE(put(*cache, "key", "content"));

  EXPECT_FALSE(cache->startWriting("large", "", kMostBytes / 4));
  EXPECT_FALSE(cache->startWriting("endless", "", ~std::uint64_t{0}));

  EXPECT_EQ(get(*cache, "key"), "content");
}

TEST_F(BlobCacheTest, ShrinksToWhatItMayHoldAfterARestart) {
  {
    const auto cache = open();
    for (int i = 0; i < 50; ++i) {
      ASSERT_TRUE(put(*cache, std::to_string(i), "content"));
    }
  }

  const auto cache = open(10 * 4096);

  EXPECT_LE(bytesOnDisk(), 10U * 4096);
  EXPECT_EQ(cache->bytes(), bytesOnDisk());
}

TEST_F(BlobCacheTest, KeepsNothingWhereItIsOff) {
  const auto cache = open(0);

  EXPECT_FALSE(put(*cache, "key", "content"));
  EXPECT_EQ(cache->find("key"), std::nullopt);
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "cache"));
}

TEST_F(BlobCacheTest, IsReadableToItsOwnerOnly) {
  const auto cache = open();
  ASSERT_TRUE(put(*cache, "key", "content"));

  struct stat status {};

  ASSERT_EQ(::stat(blobs().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0700U);
  ASSERT_EQ(::stat(files().front().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(BlobCacheTest, SharesItsFolderWithNobody) {
  const auto first = open();
  ASSERT_TRUE(put(*first, "key", "content"));

  const auto second = open();

  EXPECT_FALSE(put(*second, "key", "other"));
  EXPECT_EQ(get(*second, "key"), std::nullopt);
  EXPECT_EQ(get(*first, "key"), "content");
  EXPECT_THAT(problems, testing::ElementsAre(HasSubstr("another process has it")));
}

TEST_F(BlobCacheTest, MayBeUsedByManyThreads) {
  const auto cache = open(8 * 4096);
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&cache, thread] {
      for (int i = 0; i < 200; ++i) {
        const std::string key = std::to_string((i * (thread + 1)) % 20);
        put(*cache, key, key);
        const auto found = get(*cache, key);
        EXPECT_TRUE(!found || *found == key);
      }
    });
  }
  threads.clear();

  EXPECT_LE(cache->bytes(), 8U * 4096);
  EXPECT_EQ(cache->bytes(), bytesOnDisk());
}

}  // namespace
}  // namespace mediadock::cache
