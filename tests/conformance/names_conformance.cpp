#include "conformance/provider_conformance.h"

namespace mediadock {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST_P(ProviderConformance, EachPrintableAsciiCharacterIsKeptWithinAName_N01) {
  std::vector<std::string> names;
  for (char c = 0x20; c < 0x7F; ++c) {
    if (c != '/') {
      names.push_back("before" + std::string(1, c) + "after" + std::to_string(c));
    }
  }

  expectKept(names);
}

TEST_P(ProviderConformance, CharactersWithAMeaningInUrlsAreKept_N02) {
  expectKept({"a#b", "a?b=c", "100%", "a+b c", "a;b", "a&b", "a=b", "a:b", "a@b", "a'b", "a\"b",
              "[a]", "{a}",   "(a)",  "<a>",   "a,b", "$a",  "!a",  "*a",  "a|b", "a^b", "a`b"});
}

TEST_P(ProviderConformance, NamesThatLookPercentEncodedStayThemselves_N03) {
  expectKept({"test%46.txt", "%2F.jpg", "%00", "%", "%zz", "%25", "%2e%2e", "a%2Fb", "%C3%A9"});
}

TEST_P(ProviderConformance, SpacesTildesAndDotsAtTheEndsAreKeptOrRefused_N04) {
  for (const std::string name :
       {" leading", "trailing ", "~tilde", "tilde~", ".dot", "dot.", "...", " ", "a  b"}) {
    SCOPED_TRACE(name);
    try {
      put(in(name), name);
      EXPECT_THAT(namesIn(in("")), ElementsAre(name));
      EXPECT_EQ(get(in(name)), name);
      provider().remove(in(name), {}, context());
    } catch (const StorageError& error) {
      EXPECT_EQ(error.code(), StorageErrc::InvalidPath) << error.what();
      EXPECT_FALSE(exists(in(name)));
    }
  }
}

TEST_P(ProviderConformance, WhatIsNoPathNeverReachesTheProvider_N05_N06_N10) {
  const auto invalid = ThrowsStorageError(StorageErrc::InvalidPath);

  EXPECT_THAT([&] { in("line\nbreak"); }, invalid);
  EXPECT_THAT([&] { in(std::string_view("nul\0byte", 8)); }, invalid);
  EXPECT_THAT([&] { in("\xC3"); }, invalid);
  EXPECT_THAT([&] { in("../up"); }, invalid);
  EXPECT_THAT([&] { in("a/./b"); }, invalid);
  EXPECT_THAT([&] { in("a//b"); }, invalid);
}

TEST_P(ProviderConformance, ComposedAndDecomposedFormsAreReadableAsListed_N07) {
  for (const std::string name : {"caf\xC3\xA9", "cafe\xCC\x81"}) {
    SCOPED_TRACE(name);
    put(in(name), name);

    const std::vector<std::string> listed = namesIn(in(""));

    ASSERT_THAT(listed, SizeIs(1));
    EXPECT_EQ(get(in(listed[0])), name);
    provider().remove(in(listed[0]), {}, context());
  }
}

TEST_P(ProviderConformance, NamesOfAllScriptsAndEmojiAreKept_N08) {
  expectKept(
      {"\xCE\xA6\xCF\x89\xCF\x84\xCF\x8C \xE2\x84\x96"
       "1 50% #2.png",
       "\xF0\x9F\x93\xB7.jpg", "\xE5\x86\x99\xE7\x9C\x9F.png",
       "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB"});
}

TEST_P(ProviderConformance, ABackslashIsACharacter_N09) {
  expectKept({"a\\b", "\\", "..\\a"});
}

TEST_P(ProviderConformance, ANameWithAColonUpFrontIsNoScheme_N13) {
  expectKept({"12:30.jpg", "http:", "file:name"});
}

TEST_P(ProviderConformance, AVeryDeepPathIsInvalidAndNoFault_N12) {
  std::string deep = "d";
  for (int i = 0; i < 2100; ++i) {
    deep += "/d";
  }

  EXPECT_THAT([&] { openWrite(in(deep), 1); }, ThrowsStorageError(StorageErrc::InvalidPath));
}

TEST_P(ProviderConformance, ListedPathsStartAtTheProvidersRoot_N14) {
  put(in("folder/file"), "content");

  EXPECT_THAT(entriesOf(in("folder")),
              ElementsAre(testing::Field(&Entry::path, in("folder/file"))));
  EXPECT_THAT(entriesOf({}), Contains(testing::Field(&Entry::path, in(""))));
}

TEST_P(ProviderConformance, ANeighbourWithTheSameBeginningIsLeftAlone_N15) {
  put(in("sub/file"), "1");
  put(in("sub2/file"), "2");

  provider().remove(in("sub/file"), {}, context());

  EXPECT_EQ(get(in("sub2/file")), "2");
  EXPECT_THAT(namesIn(in("sub2")), ElementsAre("file"));
}

TEST_P(ProviderConformance, CaseIsHandledAsClaimed_N16) {
  put(in("name"), "lower");

  EXPECT_EQ(exists(in("NAME")), !can().caseSensitive);

  put(in("NAME"), "upper");
  EXPECT_EQ(get(in("name")), can().caseSensitive ? "lower" : "upper");
}

TEST_P(ProviderConformance, ForbiddenNamesAreRefusedBeforeAByteIsSent_N17) {
  std::vector<std::string> forbidden = can().forbiddenNames;
  for (const char c : can().forbiddenCharacters) {
    if (c != '/') {
      forbidden.push_back("a" + std::string(1, c) + "b");
    }
  }
  for (const std::string& ending : can().forbiddenExtensions) {
    forbidden.push_back("a" + ending);
  }

  for (const std::string& name : forbidden) {
    EXPECT_THAT([&] { openWrite(in(name), 1); }, ThrowsStorageError(StorageErrc::InvalidPath))
        << name;
  }

  EXPECT_THAT(exists(in("")) ? namesIn(in("")) : std::vector<std::string>(), IsEmpty());
}

}  // namespace
}  // namespace mediadock
