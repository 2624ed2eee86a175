#include "conformance/provider_conformance.h"

namespace mediadock {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST_P(ProviderConformance, StatTellsKindSizeAndTimeOfAFile_S01) {
  const auto slack = can().modifiedAtPrecision + std::chrono::seconds(2);
  const auto before = std::chrono::system_clock::now();
  put(in("file"), "content");
  const auto after = std::chrono::system_clock::now();

  const Entry entry = statOf(in("file"));

  EXPECT_EQ(entry.path, in("file"));
  EXPECT_EQ(entry.kind, EntryKind::File);
  EXPECT_EQ(entry.size, 7U);
  EXPECT_EQ(entry.modifiedAt.has_value(), can().modifiedAtPrecision.count() > 0);
  if (entry.modifiedAt) {
    EXPECT_GE(*entry.modifiedAt, before - slack);
    EXPECT_LE(*entry.modifiedAt, after + slack);
  }
}

TEST_P(ProviderConformance, ADirectoryHasNoMadeUpSize_S02) {
  put(in("folder/file"), "content");

  const Entry entry = statOf(in("folder"));

  EXPECT_EQ(entry.path, in("folder"));
  EXPECT_EQ(entry.kind, EntryKind::Directory);
  EXPECT_NE(entry.size, 0U);
}

TEST_P(ProviderConformance, TheRootIsADirectory_S03) {
  EXPECT_EQ(statOf({}).kind, EntryKind::Directory);
  EXPECT_TRUE(statOf({}).path.isRoot());
}

TEST_P(ProviderConformance, NothingStandsAtAMissingName_S04) {
  put(in("file"), "content");

  EXPECT_FALSE(exists(in("missing")));
}

TEST_P(ProviderConformance, NothingStandsBelowAMissingParent_S05) {
  EXPECT_FALSE(exists(in("missing/file")));
}

TEST_P(ProviderConformance, NothingStandsBelowAFile_S06) {
  put(in("file"), "content");

  EXPECT_FALSE(exists(in("file/child")));
}

TEST_P(ProviderConformance, AnEtagChangesWithContentOfTheSameSize_S07) {
  put(in("file"), "one");
  const auto before = statOf(in("file")).etag;

  put(in("file"), "two");

  EXPECT_EQ(before.has_value(), can().etag);
  if (can().etag) {
    EXPECT_NE(statOf(in("file")).etag, before);
  }
}

TEST_P(ProviderConformance, AnEtagIsTheSameInStatListAndRead_S08) {
  put(in("file"), "content");

  const auto etag = statOf(in("file")).etag;

  EXPECT_EQ(entriesOf(in("")).at(0).etag, etag);
  EXPECT_EQ(provider().openRead(in("file"), {}, context())->info().entry.etag, etag);
}

TEST_P(ProviderConformance, AnEtagStaysWithUnchangedContent_S09) {
  put(in("file"), "content");
  const auto before = statOf(in("file")).etag;

  get(in("file"));
  put(in("neighbour"), "content");

  EXPECT_EQ(statOf(in("file")).etag, before);
}

TEST_P(ProviderConformance, AnEtagHasNoQuotesLeft_S10) {
  put(in("file"), "content");

  const auto etag = statOf(in("file")).etag;

  EXPECT_EQ(etag.has_value(), can().etag);
  if (etag) {
    EXPECT_THAT(etag->value, Not(IsEmpty()));
    EXPECT_EQ(ETag::parse(etag->str()), etag);
  }
}

TEST_P(ProviderConformance, AContentTypeIsNotThatOfAnErrorPage_S12) {
  put(in("file.bin"), patternOf(100));

  EXPECT_THAT(statOf(in("file.bin")).contentType, Not(HasSubstr("text/html")));
}

}  // namespace
}  // namespace mediadock
