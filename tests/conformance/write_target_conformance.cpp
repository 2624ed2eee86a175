#include "conformance/concurrent_calls.h"
#include "conformance/provider_conformance.h"

#include <algorithm>

namespace mediadock {
namespace {

using testing::AnyOf;
using testing::Each;
using testing::StrEq;

TEST_P(ProviderConformance, ADirectoryCannotBeOverwritten_W15) {
  put(in("folder/file"), "content");

  EXPECT_THAT([&] { put(in("folder"), "new"); }, ThrowsStorageError(StorageErrc::IsADirectory));
  EXPECT_EQ(get(in("folder/file")), "content");
}

TEST_P(ProviderConformance, TheRootCannotBeWritten_W16) {
  EXPECT_THAT([&] { put(StoragePath(), "new"); }, ThrowsStorageError(StorageErrc::InvalidPath));
}

TEST_P(ProviderConformance, MissingParentsAreMadeWhereAsked_W17) {
  put({.path = in("a/b/c/file"), .createParents = true}, "content");

  EXPECT_EQ(get(in("a/b/c/file")), "content");
  EXPECT_TRUE(statOf(in("a/b")).isDirectory());
}

TEST_P(ProviderConformance, AMissingParentIsNotFoundWhereNotToBeMade_W18) {
  EXPECT_THAT([&] { put({.path = in("a/file"), .createParents = false}, "content"); },
              ThrowsStorageError(StorageErrc::NotFound));
  EXPECT_FALSE(exists(in("a")));
}

TEST_P(ProviderConformance, AFileCannotBeAParent_W19) {
  put(in("file"), "content");

  EXPECT_THAT([&] { put(in("file/child"), "new"); },
              ThrowsStorageError(StorageErrc::NotADirectory));
  EXPECT_THAT([&] { put(in("file/deeper/child"), "new"); },
              ThrowsStorageError(StorageErrc::NotADirectory));
  EXPECT_EQ(get(in("file")), "content");
}

TEST_P(ProviderConformance, WritersMayMakeTheSameParentAtOnce_W20) {
  const auto outcomes =
      outcomesOf(4, [&](std::size_t i) { put(in("a/b/c/" + std::to_string(i)), "content"); });

  EXPECT_THAT(outcomes, Each(StrEq("ok")));
  EXPECT_EQ(namesIn(in("a/b/c")).size(), 4U);
}

TEST_P(ProviderConformance, OfTwoWritersOneWinsWhole_W21) {
  const std::string contents[] = {patternOf(1U << 20U, 1), patternOf(900000, 2)};

  const auto outcomes = outcomesOf(2, [&](std::size_t i) { put(in("file"), contents[i]); });

  EXPECT_THAT(outcomes, Each(AnyOf("ok", "conflict", "locked")));
  const std::string kept = get(in("file"));
  EXPECT_TRUE(kept == contents[0] || kept == contents[1]) << kept.size();
}

TEST_P(ProviderConformance, CreatingOnlyLeavesWhatStandsThere_W22) {
  put(in("file"), "old");
  const auto create = [&] { put({.path = in("file"), .ifAbsent = true}, "new"); };
  if (!able(can().writeIfAbsent, create)) {
    return;
  }

  EXPECT_THAT(create, ThrowsStorageError(StorageErrc::AlreadyExists));
  EXPECT_EQ(get(in("file")), "old");

  put({.path = in("other"), .ifAbsent = true}, "new");
  EXPECT_EQ(get(in("other")), "new");
}

TEST_P(ProviderConformance, CreatingOnlyOverADirectoryLeavesIt_W22) {
  put(in("folder/file"), "content");
  const auto create = [&] { put({.path = in("folder"), .ifAbsent = true}, "new"); };
  if (!able(can().writeIfAbsent, create)) {
    return;
  }

  EXPECT_THAT(outcomeOf(create), AnyOf("already_exists", "is_a_directory"));
  EXPECT_EQ(get(in("folder/file")), "content");
}

TEST_P(ProviderConformance, OfEightCreatorsExactlyOneWins_W23) {
  const auto create = [&](std::size_t i) {
    put({.path = in("file"), .ifAbsent = true}, "creator " + std::to_string(i));
  };
  if (!able(can().writeIfAbsent, [&] { create(0); })) {
    return;
  }

  const auto outcomes = outcomesOf(8, create);

  ASSERT_EQ(std::ranges::count(outcomes, "ok"), 1);
  EXPECT_EQ(std::ranges::count(outcomes, "already_exists"), 7);
  const auto winner = std::ranges::find(outcomes, "ok") - outcomes.begin();
  EXPECT_EQ(get(in("file")), "creator " + std::to_string(winner));
}

TEST_P(ProviderConformance, ReplacingOneVersionFailsOnAnother_W24) {
  const auto first = put(in("file"), "one").etag.value_or(ETag{.value = "none"});
  const auto replace = [&] { put({.path = in("file"), .ifMatch = first}, "two"); };
  if (!able(can().writeIfMatch, replace)) {
    return;
  }

  replace();

  EXPECT_EQ(get(in("file")), "two");
  EXPECT_THAT(replace, ThrowsStorageError(StorageErrc::PreconditionFailed));
  EXPECT_EQ(get(in("file")), "two");
}

TEST_P(ProviderConformance, ReplacingAVersionThatIsGoneFails_W24) {
  const auto first = put(in("file"), "one").etag.value_or(ETag{.value = "none"});
  const auto replace = [&] { put({.path = in("file"), .ifMatch = first}, "two"); };
  if (!able(can().writeIfMatch, replace)) {
    return;
  }

  provider().remove(in("file"), {}, context());

  EXPECT_THAT(replace, ThrowsStorageError(StorageErrc::PreconditionFailed));
  EXPECT_FALSE(exists(in("file")));
}

TEST_P(ProviderConformance, AStreamCanBeGivenAnotherTargetBeforeItsCommit_W22) {
  const auto writer = openWrite(in("one"), 7);
  write(*writer, "content");
  const auto retarget = [&] { writer->retarget({.path = in("folder/two")}); };
  if (!able(can().writeRetarget, retarget)) {
    return;
  }

  retarget();
  const Entry entry = writer->commit();

  EXPECT_EQ(entry.path, in("folder/two"));
  EXPECT_EQ(get(in("folder/two")), "content");
  EXPECT_FALSE(exists(in("one")));
}

TEST_P(ProviderConformance, AStreamCanBeGivenAnotherTargetWhereItsNameIsTaken_W22) {
  put(in("taken"), "old");
  const auto writer = openWrite(in("free"), 7);
  write(*writer, "content");
  const auto retarget = [&] { writer->retarget({.path = in("taken"), .ifAbsent = true}); };
  if (!able(can().writeRetarget && can().writeIfAbsent, retarget)) {
    return;
  }
  retarget();
  EXPECT_THAT([&] { writer->commit(); }, ThrowsStorageError(StorageErrc::AlreadyExists));

  writer->retarget({.path = in("taken (2)"), .ifAbsent = true});
  writer->commit();

  EXPECT_EQ(get(in("taken")), "old");
  EXPECT_EQ(get(in("taken (2)")), "content");
  EXPECT_THAT(namesIn(in("")), testing::UnorderedElementsAre("taken", "taken (2)"));
}

}  // namespace
}  // namespace mediadock
