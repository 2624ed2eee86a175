#include "conformance/concurrent_calls.h"
#include "conformance/provider_conformance.h"

#include <atomic>

namespace mediadock {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::StrEq;

TEST_P(ProviderConformance, ADirectoryIsMadeWithItsParents_M01) {
  const auto make = [&] { return provider().makeDirectory(in("a/b/c"), context()); };
  if (!able(can().makeDirectory, make)) {
    return;
  }

  EXPECT_TRUE(make());
  EXPECT_TRUE(statOf(in("a/b/c")).isDirectory());
}

TEST_P(ProviderConformance, AnExistingDirectoryIsFine_M02) {
  put(in("folder/file"), "content");
  const auto make = [&] { return provider().makeDirectory(in("folder"), context()); };
  if (!able(can().makeDirectory, make)) {
    return;
  }

  EXPECT_FALSE(make());
  EXPECT_FALSE(provider().makeDirectory({}, context()));
  EXPECT_EQ(get(in("folder/file")), "content");
}

TEST_P(ProviderConformance, ADirectoryIsNotMadeOverOrBelowAFile_M03) {
  put(in("file"), "content");
  const auto make = [&] { provider().makeDirectory(in("file"), context()); };
  if (!able(can().makeDirectory, make)) {
    return;
  }

  EXPECT_THAT(make, ThrowsStorageError(StorageErrc::AlreadyExists));
  EXPECT_THAT([&] { provider().makeDirectory(in("file/a/b"), context()); },
              ThrowsStorageError(StorageErrc::NotADirectory));
  EXPECT_EQ(get(in("file")), "content");
}

TEST_P(ProviderConformance, AnEmptyDirectoryIsListed_M04) {
  const auto make = [&] { provider().makeDirectory(in("folder"), context()); };
  if (!able(can().makeDirectory, make)) {
    return;
  }

  make();

  EXPECT_THAT(namesIn(in("")), ElementsAre("folder"));
}

TEST_P(ProviderConformance, ThreadsMayMakeTheSameDeepPathAtOnce_M06) {
  std::atomic<int> made = 0;
  const auto make = [&](std::size_t) {
    made += provider().makeDirectory(in("a/b/c/d/e"), context()) ? 1 : 0;
  };
  if (!able(can().makeDirectory, [&] { make(0); })) {
    return;
  }

  const auto outcomes = outcomesOf(16, make);

  EXPECT_THAT(outcomes, Each(StrEq("ok")));
  EXPECT_EQ(made, 1);
  EXPECT_TRUE(statOf(in("a/b/c/d/e")).isDirectory());
}

}  // namespace
}  // namespace mediadock
