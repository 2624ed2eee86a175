#include "conformance/provider_conformance.h"

namespace mediadock {
namespace {

using testing::AnyOf;
using testing::ElementsAre;

TEST_P(ProviderConformance, ANewFileHasItsBytesAndSize_W01) {
  put(in("file"), "content");

  EXPECT_EQ(get(in("file")), "content");
  EXPECT_EQ(statOf(in("file")).size, 7U);
}

TEST_P(ProviderConformance, OverwritingReplacesTheWholeContent_W02) {
  put(in("file"), "a long content");

  put(in("file"), "short");

  EXPECT_EQ(get(in("file")), "short");
  EXPECT_EQ(statOf(in("file")).size, 5U);
  EXPECT_THAT(namesIn(in("")), ElementsAre("file"));
}

TEST_P(ProviderConformance, AFileWithoutAnyWriteIsEmpty_W03) {
  openWrite(in("file"), 0)->commit();

  EXPECT_EQ(statOf(in("file")).size, 0U);
  EXPECT_EQ(get(in("file")), "");
}

TEST_P(ProviderConformance, ManySmallWritesEqualOneBig_W04) {
  const std::string content = patternOf(20000);
  const auto writer = openWrite(in("file"), content.size());

  for (const char& byte : content) {
    write(*writer, {&byte, 1});
  }
  writer->commit();

  EXPECT_TRUE(get(in("file")) == content);
}

TEST_P(ProviderConformance, SizesAroundBufferLimitsAreKept_W05) {
  for (const std::size_t limit : {4U << 10U, 64U << 10U, 1U << 20U}) {
    for (const std::size_t size : {limit - 1, limit, limit + 1, 3 * limit + 1}) {
      const std::string content = patternOf(size);
      put(in("file"), content);
      EXPECT_TRUE(get(in("file")) == content) << size;
    }
  }
}

TEST_P(ProviderConformance, NothingIsVisibleBeforeTheCommit_W06) {
  put(in("old"), "old");
  const std::string content = patternOf(1U << 20U);
  const auto fresh = openWrite(in("new"), content.size());
  const auto replacing = openWrite(in("old"), content.size());

  write(*fresh, content);
  write(*replacing, content);
  fresh->flush();
  replacing->flush();

  EXPECT_FALSE(exists(in("new")));
  EXPECT_EQ(get(in("old")), "old");
}

TEST_P(ProviderConformance, AbortingLeavesNothingOfANewFile_W07) {
  const auto writer = openWrite(in("folder/file"), 7);
  write(*writer, "content");
  writer->flush();

  writer->abort();

  EXPECT_FALSE(exists(in("folder/file")));
}

TEST_P(ProviderConformance, AbortingLeavesTheOldContent_W08) {
  put(in("file"), "old");
  const auto writer = openWrite(in("file"), 3);
  write(*writer, "new");

  writer->abort();

  EXPECT_EQ(get(in("file")), "old");
}

TEST_P(ProviderConformance, DestroyingAnUncommittedStreamAborts_W09) {
  put(in("old"), "old");

  write(*openWrite(in("new"), 3), "new");
  write(*openWrite(in("old"), 3), "new");

  EXPECT_FALSE(exists(in("new")));
  EXPECT_EQ(get(in("old")), "old");
}

TEST_P(ProviderConformance, TheCommitTellsWhatStatTells_W10) {
  const Entry committed = put(in("file"), "content");

  const Entry entry = statOf(in("file"));

  EXPECT_EQ(committed.path, entry.path);
  EXPECT_EQ(committed.kind, entry.kind);
  EXPECT_EQ(committed.size, entry.size);
  EXPECT_EQ(committed.etag, entry.etag);
}

TEST_P(ProviderConformance, NothingCanBeWrittenAfterTheEnd_W11) {
  const auto committed = openWrite(in("file"), 3);
  write(*committed, "one");
  committed->commit();
  const auto aborted = openWrite(in("other"), 3);
  aborted->abort();

  EXPECT_THAT([&] { write(*committed, "two"); }, ThrowsStorageError(StorageErrc::InvalidArgument));
  EXPECT_THAT([&] { write(*aborted, "two"); }, ThrowsStorageError(StorageErrc::InvalidArgument));
  EXPECT_THAT([&] { aborted->commit(); }, ThrowsStorageError(StorageErrc::InvalidArgument));
  committed->abort();
  aborted->abort();
  EXPECT_EQ(get(in("file")), "one");
  EXPECT_FALSE(exists(in("other")));
}

TEST_P(ProviderConformance, FewerBytesThanAnnouncedAreNotCommitted_W12) {
  const auto writer = openWrite(in("file"), 10);
  write(*writer, "123456");

  EXPECT_THAT([&] { writer->commit(); }, ThrowsStorageError(StorageErrc::Truncated));
  EXPECT_FALSE(exists(in("file")));
}

TEST_P(ProviderConformance, MoreBytesThanAnnouncedAreRefusedAtOnce_W13) {
  const auto writer = openWrite(in("file"), 10);
  write(*writer, "1234567890");

  EXPECT_THAT([&] { write(*writer, "1"); }, ThrowsStorageError(StorageErrc::InvalidArgument));
  EXPECT_THAT([&] { writer->commit(); }, ThrowsStorageError(StorageErrc::InvalidArgument));
  EXPECT_FALSE(exists(in("file")));
}

TEST_P(ProviderConformance, ASizeNeedNotBeKnownWhereClaimed_W14) {
  const auto open = [&] { return provider().openWrite({.path = in("file")}, {}, context()); };
  if (!able(can().writeUnknownSize, open)) {
    return;
  }
  const std::string content = patternOf(3U << 20U);
  const auto writer = open();

  write(*writer, content);
  writer->commit();

  EXPECT_TRUE(get(in("file")) == content);
}

TEST_P(ProviderConformance, FlushingLosesNothing_W04) {
  const auto writer = openWrite(in("file"), 6);

  write(*writer, "one");
  writer->flush();
  write(*writer, "two");
  writer->commit();

  EXPECT_EQ(get(in("file")), "onetwo");
}

TEST_P(ProviderConformance, TheModificationTimeIsKeptWhereClaimed_W25) {
  const Timestamp time = std::chrono::sys_days(std::chrono::year(2019) / 7 / 14) +
                         std::chrono::hours(15) + std::chrono::microseconds(123456);
  const auto write = [&] { put({.path = in("file")}, "content", {.modifiedAt = time}); };
  if (!able(can().writeModifiedAt, write)) {
    return;
  }

  write();

  const Timestamp kept = statOf(in("file")).modifiedAt.value_or(Timestamp());
  EXPECT_GT(can().modifiedAtPrecision.count(), 0);
  EXPECT_LT(std::chrono::abs(kept - time), can().modifiedAtPrecision);
}

TEST_P(ProviderConformance, AContentTypeIsKeptOrUnknown_W27) {
  put({.path = in("photo.jpg")}, "bytes", {.contentType = "image/jpeg"});

  EXPECT_THAT(statOf(in("photo.jpg")).contentType, AnyOf("image/jpeg", ""));
}

TEST_P(ProviderConformance, TemporaryNamesAreNeverListed_W34) {
  put(in("file"), "old");
  const auto rootNames = [&] {
    std::vector<std::string> names = namesIn({});
    // Other runs may share the storage.
    std::erase_if(names, [](const auto& name) { return name.starts_with("conformance-"); });
    return names;
  };
  const std::vector<std::string> before = rootNames();
  const auto writer = openWrite(in("file"), 2U << 20U);

  write(*writer, patternOf(1U << 20U));
  writer->flush();

  EXPECT_THAT(namesIn(in("")), ElementsAre("file"));
  EXPECT_EQ(rootNames(), before);
  writer->abort();
  EXPECT_THAT(namesIn(in("")), ElementsAre("file"));
}

TEST_P(ProviderConformance, CancellingEndsAWriter_T02) {
  std::stop_source source;
  CallContext cancellable = context();
  cancellable.cancellation = source.get_token();
  const auto writer = provider().openWrite({.path = in("file")}, {.size = 7}, cancellable);
  write(*writer, "con");

  source.request_stop();

  EXPECT_THAT(
      [&] {
        write(*writer, "tent");
        writer->commit();
      },
      ThrowsStorageError(StorageErrc::Cancelled));
  EXPECT_FALSE(exists(in("file")));
}

}  // namespace
}  // namespace mediadock
