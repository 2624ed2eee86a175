/// \file
/// Blobs that stay open between two readers.

#include "cache/open_blobs.h"

#include "unit/cache/cache_fixture.h"

#include <gmock/gmock.h>

#include <fstream>
#include <system_error>

namespace mediadock::cache {
namespace {

using testing::Each;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

class OpenBlobsTest : public BlobCacheTest {
 protected:
  /// What this process has open of the folder.
  std::vector<std::string> held() const {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
      std::error_code gone;
      const auto target = std::filesystem::read_symlink(entry, gone).string();
      if (target.starts_with(blobs().string() + "/")) {
        found.push_back(target);
      }
    }
    return found;
  }
};

TEST_F(OpenBlobsTest, AreReadAgainWithoutBeingOpened) {
  const auto cache = open();
  ASSERT_TRUE(put(*cache, "key", "content"));
  ASSERT_EQ(get(*cache, "key"), "content");
  EXPECT_THAT(held(), SizeIs(1));

  const auto one = cache->find("key");
  const auto other = cache->find("key");

  ASSERT_TRUE(one && other);
  EXPECT_EQ(one->descriptor(), other->descriptor());
  EXPECT_EQ(contentOf(*one), "content");
}

TEST_F(OpenBlobsTest, AreGivenUpOnceTheirFileIsWrittenTo) {
  const auto cache = open();
  ASSERT_TRUE(put(*cache, "key", "content"));
  ASSERT_EQ(get(*cache, "key"), "content");
  ASSERT_EQ(get(*cache, "key"), "content");

  std::fstream(files().front(), std::ios::in | std::ios::out | std::ios::app) << "more";

  EXPECT_EQ(get(*cache, "key"), std::nullopt);
  EXPECT_THAT(held(), SizeIs(0));
}

TEST_F(OpenBlobsTest, AreGivenUpOnceTheirFileIsRemoved) {
  const auto cache = open();
  ASSERT_TRUE(put(*cache, "key", "content"));
  ASSERT_EQ(get(*cache, "key"), "content");

  std::filesystem::remove(files().front());

  EXPECT_EQ(get(*cache, "key"), std::nullopt);
  EXPECT_THAT(held(), SizeIs(0));
}

TEST_F(OpenBlobsTest, TakeNoRoomOnceTheyAreEvicted) {
  const auto cache = open(40 * 4096);
  for (int i = 0; i < 100; ++i) {
    const std::string key = std::to_string(i);
    ASSERT_TRUE(put(*cache, key, "content"));
    ASSERT_EQ(get(*cache, key), "content");
  }

  EXPECT_THAT(held(), Each(Not(HasSubstr("(deleted)"))));
  EXPECT_THAT(held(), SizeIs(testing::Le(40U)));
}

TEST_F(OpenBlobsTest, GiveWayToANewOneOfTheirKey) {
  const auto cache = open();
  ASSERT_TRUE(put(*cache, "key", "old"));
  ASSERT_EQ(get(*cache, "key"), "old");

  ASSERT_TRUE(put(*cache, "key", "new"));

  EXPECT_EQ(get(*cache, "key"), "new");
  EXPECT_THAT(held(), SizeIs(1));
}

TEST_F(OpenBlobsTest, AreBounded) {
  const auto cache = open(1000 * 4096);
  for (std::size_t i = 0; i < 2 * OpenBlobs::kMost + 10; ++i) {
    const std::string key = std::to_string(i);
    ASSERT_TRUE(put(*cache, key, "content"));
    ASSERT_EQ(get(*cache, key), "content");
    ASSERT_LE(held().size(), OpenBlobs::kMost);
  }
}

}  // namespace
}  // namespace mediadock::cache
