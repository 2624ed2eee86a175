#include "conformance/concurrent_calls.h"
#include "conformance/provider_conformance.h"

#include <algorithm>

namespace mediadock {
namespace {

using testing::ElementsAre;

TEST_P(ProviderConformance, ARemovedFileIsGone_D01) {
  put(in("file"), "content");
  put(in("other"), "content");

  provider().remove(in("file"), {}, context());

  EXPECT_FALSE(exists(in("file")));
  EXPECT_THAT(namesIn(in("")), ElementsAre("other"));
}

TEST_P(ProviderConformance, WhatIsMissingCannotBeRemoved_D02) {
  EXPECT_THAT([&] { provider().remove(in("missing"), {}, context()); },
              ThrowsStorageError(StorageErrc::NotFound));
  EXPECT_THAT([&] { provider().remove(in("missing/file"), {}, context()); },
              ThrowsStorageError(StorageErrc::NotFound));
}

TEST_P(ProviderConformance, AnEmptyDirectoryCanBeRemoved_D03) {
  const auto makeFolder = [&] { provider().makeDirectory(in("folder"), context()); };
  if (!able(can().makeDirectory, makeFolder)) {
    return;
  }
  makeFolder();

  provider().remove(in("folder"), {}, context());

  EXPECT_FALSE(exists(in("folder")));
}

TEST_P(ProviderConformance, ADirectoryWithEntriesStays_D04) {
  put(in("folder/file"), "content");

  EXPECT_THAT([&] { provider().remove(in("folder"), {}, context()); },
              ThrowsStorageError(StorageErrc::DirectoryNotEmpty));
  EXPECT_EQ(get(in("folder/file")), "content");
}

TEST_P(ProviderConformance, ADirectoryGoesWithAllBelowItWhereAsked_D05) {
  put(in("folder/file"), "content");
  put(in("folder/sub/nested"), "content");
  put(in("folder2/file"), "content");
  const auto remove = [&] { provider().remove(in("folder"), {.recursive = true}, context()); };
  if (!able(can().removeRecursive, remove)) {
    return;
  }

  remove();

  EXPECT_FALSE(exists(in("folder")));
  EXPECT_FALSE(exists(in("folder/sub/nested")));
  EXPECT_EQ(get(in("folder2/file")), "content");
}

TEST_P(ProviderConformance, TheRootCannotBeRemoved_D06) {
  put(in("file"), "content");

  EXPECT_THAT([&] { provider().remove({}, {}, context()); },
              ThrowsStorageError(StorageErrc::InvalidPath));
  if (can().removeRecursive) {
    EXPECT_THAT([&] { provider().remove({}, {.recursive = true}, context()); },
                ThrowsStorageError(StorageErrc::InvalidPath));
  }
  EXPECT_EQ(get(in("file")), "content");
}

TEST_P(ProviderConformance, AReaderOfARemovedFileEndsOrFailsCleanly_D08) {
  const std::string content = patternOf(4U << 20U);
  put(in("file"), content);
  const auto reader = provider().openRead(in("file"), {}, context());

  try {
    provider().remove(in("file"), {}, context());
  } catch (const StorageError& error) {
    EXPECT_EQ(error.code(), StorageErrc::Locked) << "a storage may let no remover pass a reader";
  }

  try {
    EXPECT_TRUE(readAll(*reader) == content);
  } catch (const StorageError& error) {
    EXPECT_NE(error.code(), StorageErrc::Internal) << error.what();
  }
}

TEST_P(ProviderConformance, OfSeveralRemoversOneSucceeds_D09) {
  put(in("file"), "content");

  const auto outcomes =
      outcomesOf(4, [&](std::size_t) { provider().remove(in("file"), {}, context()); });

  EXPECT_EQ(std::ranges::count(outcomes, "ok"), 1);
  EXPECT_EQ(std::ranges::count(outcomes, "not_found"), 3);
}

TEST_P(ProviderConformance, RemovingOneVersionLeavesAnother_D10) {
  const auto first = put(in("file"), "one").etag.value_or(ETag{.value = "none"});
  put(in("file"), "two");
  const auto remove = [&] { provider().remove(in("file"), {.ifMatch = first}, context()); };
  if (!able(can().removeIfMatch, remove)) {
    return;
  }

  EXPECT_THAT(remove, ThrowsStorageError(StorageErrc::PreconditionFailed));
  EXPECT_EQ(get(in("file")), "two");

  provider().remove(in("file"), {.ifMatch = statOf(in("file")).etag}, context());
  EXPECT_FALSE(exists(in("file")));
}

TEST_P(ProviderConformance, SpecialCharactersRemoveThatFileOnly_D11) {
  put(in("file"), "plain");
  put(in("file#1"), "hash");
  put(in("file%231"), "percent");

  provider().remove(in("file#1"), {}, context());

  EXPECT_THAT(namesIn(in("")), testing::UnorderedElementsAre("file", "file%231"));
}

}  // namespace
}  // namespace mediadock
