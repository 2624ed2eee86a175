#include "conformance/provider_conformance.h"

namespace mediadock {
namespace {

using testing::ElementsAre;

TEST_P(ProviderConformance, ACopyHasTheContentAndTheSourceStays_C01) {
  put(in("from"), "content");
  if (!ableTo(&IStorageProvider::copy)) {
    return;
  }

  const Entry entry = relocate(&IStorageProvider::copy, "from", "to");

  EXPECT_EQ(entry.path, in("to"));
  EXPECT_EQ(entry.size, 7U);
  EXPECT_EQ(get(in("to")), "content");
  EXPECT_EQ(get(in("from")), "content");
}

TEST_P(ProviderConformance, AMovedFileHasTheContentAndTheSourceIsGone_V01) {
  put(in("from"), "content");
  if (!ableTo(&IStorageProvider::move)) {
    return;
  }

  const Entry entry = relocate(&IStorageProvider::move, "from", "to");

  EXPECT_EQ(entry.path, in("to"));
  EXPECT_EQ(entry.size, 7U);
  EXPECT_EQ(get(in("to")), "content");
  EXPECT_FALSE(exists(in("from")));
}

TEST_P(ProviderConformance, AMovedDirectoryTakesAllBelowItAlong_V01) {
  put(in("from/file"), "1");
  put(in("from/sub/nested"), "2");
  put(in("from2/file"), "3");
  if (!ableTo(&IStorageProvider::move)) {
    return;
  }

  const Entry entry = relocate(&IStorageProvider::move, "from", "to");

  EXPECT_TRUE(entry.isDirectory());
  EXPECT_EQ(get(in("to/file")), "1");
  EXPECT_EQ(get(in("to/sub/nested")), "2");
  EXPECT_FALSE(exists(in("from")));
  EXPECT_EQ(get(in("from2/file")), "3");
}

TEST_P(ProviderConformance, AMissingSourceCannotBeCopied_C02) {
  expectMissingSourceIsNotFound(&IStorageProvider::copy);
}

TEST_P(ProviderConformance, AMissingSourceCannotBeMoved_V02) {
  expectMissingSourceIsNotFound(&IStorageProvider::move);
}

TEST_P(ProviderConformance, ADirectoryCannotBeCopied_C03) {
  put(in("folder/file"), "content");
  if (!ableTo(&IStorageProvider::copy)) {
    return;
  }

  EXPECT_THAT([&] { relocate(&IStorageProvider::copy, "folder", "to"); },
              ThrowsStorageError(StorageErrc::IsADirectory));
  EXPECT_FALSE(exists(in("to")));
}

TEST_P(ProviderConformance, ACopyLeavesWhatStandsAtTheTargetUnlessToldOtherwise_C04_C05) {
  expectOverwriteIsObeyed(&IStorageProvider::copy);
  EXPECT_TRUE(!can().copy || exists(in("from")));
}

TEST_P(ProviderConformance, AMoveLeavesWhatStandsAtTheTargetUnlessToldOtherwise_V04_V05) {
  expectOverwriteIsObeyed(&IStorageProvider::move);
  EXPECT_TRUE(!can().move || !exists(in("from")));
}

TEST_P(ProviderConformance, ACopyNeverReplacesADirectory_C05) {
  expectDirectoryIsNotReplaced(&IStorageProvider::copy);
}

TEST_P(ProviderConformance, AMoveNeverReplacesADirectory_V05) {
  expectDirectoryIsNotReplaced(&IStorageProvider::move);
}

TEST_P(ProviderConformance, ACopyOntoItselfIsRefusedAndHarmless_C06) {
  expectOntoItselfIsRefused(&IStorageProvider::copy);
}

TEST_P(ProviderConformance, AMoveOntoItselfIsRefusedAndHarmless_V06) {
  expectOntoItselfIsRefused(&IStorageProvider::move);
}

TEST_P(ProviderConformance, ACopyNeedsTheTargetsParent_C07) {
  expectMissingParentIsNotFound(&IStorageProvider::copy);
}

TEST_P(ProviderConformance, AMoveNeedsTheTargetsParent_V07) {
  expectMissingParentIsNotFound(&IStorageProvider::move);
}

TEST_P(ProviderConformance, ACopyIsAnObjectOfItsOwn_C08) {
  put({.path = in("from.jpg")}, "one", {.contentType = "image/jpeg"});
  if (!ableTo(&IStorageProvider::copy)) {
    return;
  }
  const Entry copied = relocate(&IStorageProvider::copy, "from.jpg", "to.jpg");

  put(in("from.jpg"), "other");

  EXPECT_EQ(copied.contentType, statOf(in("to.jpg")).contentType);
  EXPECT_EQ(get(in("to.jpg")), "one");
  EXPECT_EQ(statOf(in("to.jpg")).size, 3U);
}

TEST_P(ProviderConformance, ADirectoryCannotBeMovedBelowItself_V08) {
  put(in("folder/file"), "content");
  if (!ableTo(&IStorageProvider::move)) {
    return;
  }

  EXPECT_THAT([&] { relocate(&IStorageProvider::move, "folder", "folder/sub"); },
              ThrowsStorageError(StorageErrc::InvalidArgument));
  EXPECT_EQ(get(in("folder/file")), "content");
}

TEST_P(ProviderConformance, AFileKeepsItsIdOverAMoveWhereClaimed_V09) {
  put(in("from"), "content");
  const std::string id = statOf(in("from")).fileId;
  EXPECT_EQ(!id.empty(), can().fileId);
  if (!ableTo(&IStorageProvider::move)) {
    return;
  }

  relocate(&IStorageProvider::move, "from", "to");

  EXPECT_EQ(statOf(in("to")).fileId, id);
}

}  // namespace
}  // namespace mediadock
