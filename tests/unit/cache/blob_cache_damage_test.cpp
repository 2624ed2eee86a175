#include "unit/cache/cache_fixture.h"

#include <gmock/gmock.h>

#include <csignal>
#include <fstream>
#include <sys/resource.h>

namespace mediadock::cache {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

void overwrite(const std::filesystem::path& file, std::streamoff at, char byte) {
  std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
  stream.seekp(at, at < 0 ? std::ios::end : std::ios::beg);
  stream.put(byte);
}

/// A disk that takes no file beyond `bytes`, while it lives.
class LimitedDisk {
 public:
  explicit LimitedDisk(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }

  ~LimitedDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

  LimitedDisk(const LimitedDisk&) = delete;
  LimitedDisk& operator=(const LimitedDisk&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int);
};

TEST_F(BlobCacheTest, LeavesNothingOfAWriteThatWasNotFinished) {
  const auto cache = open();
  const std::string half = "half";
  {
    const auto writer = cache->startWriting("key", "", 8);
    ASSERT_TRUE(writer->write(std::as_bytes(std::span(half))));
    EXPECT_FALSE(writer->commit());
  }

  EXPECT_EQ(get(*cache, "key"), std::nullopt);
  EXPECT_EQ(cache->bytes(), 0U);
  EXPECT_THAT(files(), IsEmpty());
}

TEST_F(BlobCacheTest, RefusesMoreThanWasAnnounced) {
  const auto cache = open();
  const std::string content = "content";
  const auto writer = cache->startWriting("key", "", 3);

  EXPECT_FALSE(writer->write(std::as_bytes(std::span(content))));
  EXPECT_FALSE(writer->commit());
}

TEST_F(BlobCacheTest, ClearsAwayWhatACrashLeft) {
  open();
  std::ofstream(blobs() / "new-17") << "half of a blob";

  open();

  EXPECT_THAT(files(), IsEmpty());
}

TEST_F(BlobCacheTest, MissesAFileThatWasCutOff) {
  ASSERT_TRUE(put(*open(), "key", std::string(10000, 'x')));
  std::filesystem::resize_file(files().front(), 5000);

  EXPECT_EQ(get(*open(), "key"), std::nullopt);
  EXPECT_THAT(files(), IsEmpty());
}

TEST_F(BlobCacheTest, MissesAFileWhoseBytesAreGone) {
  ASSERT_TRUE(put(*open(), "key", std::string(10000, 'x')));
  const auto file = files().front();
  std::filesystem::resize_file(file, 0);
  std::filesystem::resize_file(file, 10000);

  EXPECT_EQ(get(*open(), "key"), std::nullopt);
}

TEST_F(BlobCacheTest, MissesAFileThatWasTamperedWithBeforeARestart) {
  ASSERT_TRUE(put(*open(), "key", "content"));
  overwrite(files().front(), -1, 'T');

  EXPECT_EQ(get(*open(), "key"), std::nullopt);
}

TEST_F(BlobCacheTest, MissesAFileThatIsTamperedWithWhileItRuns) {
  const auto cache = open();
  ASSERT_TRUE(put(*cache, "key", "content"));
  ASSERT_EQ(get(*cache, "key"), "content");

  overwrite(files().front(), -1, 'T');

  EXPECT_EQ(get(*cache, "key"), std::nullopt);
}

TEST_F(BlobCacheTest, MissesAFileWhoseHeadIsDamaged) {
  for (std::streamoff at = 0; at < 48 + 3 + 10; ++at) {
    ASSERT_TRUE(put(*open(), "key", "content"));
    overwrite(files().front(), at, '\x7f');

    EXPECT_EQ(get(*open(), "key"), std::nullopt) << "byte " << at;
  }
}

TEST_F(BlobCacheTest, MissesTheFileOfAnotherKey) {
  const auto cache = open();
  ASSERT_TRUE(put(*cache, "one", "one"));
  const auto one = files().front();
  ASSERT_TRUE(put(*cache, "two", "two"));
  const auto all = files();
  const auto two = all.front() == one ? all.back() : all.front();

  std::filesystem::copy_file(two, one, std::filesystem::copy_options::overwrite_existing);

  EXPECT_EQ(get(*cache, "one"), std::nullopt);
  EXPECT_EQ(get(*cache, "two"), "two");
}

TEST_F(BlobCacheTest, FollowsNoLink) {
  const auto cache = open();
  ASSERT_TRUE(put(*cache, "key", "content"));
  const auto file = files().front();
  std::filesystem::rename(file, folder.path() / "elsewhere");
  std::filesystem::create_symlink(folder.path() / "elsewhere", file);

  EXPECT_EQ(get(*cache, "key"), std::nullopt);
}

TEST_F(BlobCacheTest, LivesOnWhereItsFilesAreDeleted) {
  const auto cache = open();
  ASSERT_TRUE(put(*cache, "key", "content"));
  std::filesystem::remove(files().front());

  EXPECT_EQ(get(*cache, "key"), std::nullopt);
  EXPECT_EQ(cache->bytes(), 0U);
  ASSERT_TRUE(put(*cache, "key", "again"));
  EXPECT_EQ(get(*cache, "key"), "again");
}

TEST_F(BlobCacheTest, LivesOnWhereItsFolderIsDeleted) {
  const auto cache = open();
  ASSERT_TRUE(put(*cache, "key", "content"));
  std::filesystem::remove_all(folder.path() / "cache");

  EXPECT_EQ(get(*cache, "key"), std::nullopt);
  ASSERT_TRUE(put(*cache, "key", "again"));
  EXPECT_EQ(get(*cache, "key"), "again");
  EXPECT_EQ(cache->bytes(), 4096U);
}

TEST_F(BlobCacheTest, DropsAWriteWhoseFolderIsDeleted) {
  const auto cache = open();
  const std::string content = "content";
  {
    const auto writer = cache->startWriting("key", "", content.size());
    std::filesystem::remove_all(folder.path() / "cache");
    writer->write(std::as_bytes(std::span(content)));
    EXPECT_FALSE(writer->commit());
  }

  EXPECT_EQ(get(*cache, "key"), std::nullopt);
  EXPECT_EQ(cache->bytes(), 0U);
}

TEST_F(BlobCacheTest, DropsWhatTheDiskDoesNotTake) {
  const auto cache = open();
  const std::string content(20000, 'x');
  {
    const LimitedDisk disk(10000);
    EXPECT_FALSE(put(*cache, "key", content));
  }

  EXPECT_EQ(cache->bytes(), 0U);
  EXPECT_THAT(files(), IsEmpty());
  EXPECT_TRUE(put(*cache, "key", content));
}

TEST_F(BlobCacheTest, IsOffWhereItsFolderCannotBe) {
  std::ofstream(folder.path() / "cache") << "a file";

  const auto cache = open();

  EXPECT_FALSE(put(*cache, "key", "content"));
  EXPECT_EQ(get(*cache, "key"), std::nullopt);
  EXPECT_THAT(problems, SizeIs(1));
}

}  // namespace
}  // namespace mediadock::cache
