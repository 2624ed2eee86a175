#include "tree/recent_looks.h"

#include "unit/nextcloud/writing/write_fixture.h"

namespace mediadock::nextcloud {
namespace {

const StoragePath kPath = StoragePath::parse("a");

TEST(RecentLooks, AreRecalledForAMoment) {
  RecentLooks looks;
  const auto now = RecentLooks::Clock::now();
  looks.remember(kPath, Entry{.path = kPath}, now);
  looks.remember(StoragePath::parse("b"), std::nullopt, now);

  ASSERT_TRUE(looks.recall(kPath, now));
  EXPECT_TRUE(looks.recall(kPath, now)->entry);
  ASSERT_TRUE(looks.recall(StoragePath::parse("b"), now));
  EXPECT_FALSE(looks.recall(StoragePath::parse("b"), now)->entry);
  EXPECT_FALSE(looks.recall(StoragePath::parse("c"), now));
  EXPECT_FALSE(looks.recall(kPath, now + RecentLooks::kAge));
}

TEST(RecentLooks, AreForgottenAfterAChange) {
  RecentLooks looks;
  const auto now = RecentLooks::Clock::now();
  looks.remember(kPath, std::nullopt, now);

  looks.forgetAll();

  EXPECT_FALSE(looks.recall(kPath, now));
}

TEST(RecentLooks, AreOfALimitedNumber) {
  RecentLooks looks;
  const auto now = RecentLooks::Clock::now();
  for (std::size_t i = 0; i <= RecentLooks::kMost; ++i) {
    looks.remember(StoragePath::parse(std::to_string(i)), std::nullopt, now);
  }

  EXPECT_FALSE(looks.recall(StoragePath::parse("0"), now));
  EXPECT_TRUE(looks.recall(StoragePath::parse(std::to_string(RecentLooks::kMost)), now));
}

class WriteAfterALook : public NextcloudChange {
 protected:
  WriteAfterALook() {
    server_.putFile("folder/f", "old");
    write("other", "so that the server is known");
    server_.waitUntilIdle();
  }

  const StoragePath file_ = StoragePath::parse("folder/f");
};

TEST_F(WriteAfterALook, AsksNotAgain) {
  provider_->stat(file_, {});
  server_.clearRequests();

  write("folder/f", "new");

  // Of what stands there now.
  EXPECT_EQ(asked("PROPFIND", "/folder").size(), 1U);
}

TEST_F(WriteAfterALook, ReplacesNoFolderThatCameMeanwhile) {
  provider_->stat(StoragePath::parse("folder"), {});
  provider_->stat(StoragePath::parse("folder/new"), {});
  server_.putFile("folder/new/inner", "kept");

  EXPECT_THAT([&] { write("folder/new", "file"); }, ThrowsStorageError(StorageErrc::IsADirectory));

  EXPECT_EQ(server_.readFile("folder/new/inner"), "kept");
}

TEST_F(WriteAfterALook, MakesAFolderThatWentMeanwhile) {
  provider_->stat(StoragePath::parse("folder"), {});
  provider_->stat(StoragePath::parse("folder/new"), {});
  provider_->remove(StoragePath::parse("folder"), {.recursive = true}, {});

  write("folder/new", "file");

  EXPECT_EQ(server_.readFile("folder/new"), "file");
}

TEST_F(WriteAfterALook, LooksAgainForATargetThatIsAnother) {
  provider_->stat(file_, {});
  const auto stream = open({.path = file_});
  put(*stream, "new");
  server_.putFile("another/f/inner", "kept");
  stream->retarget({.path = StoragePath::parse("another/f")});

  EXPECT_THAT([&] { stream->commit(); }, ThrowsStorageError(StorageErrc::IsADirectory));
}

}  // namespace
}  // namespace mediadock::nextcloud
