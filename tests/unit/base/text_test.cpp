#include "base/text.h"

#include <gtest/gtest.h>

namespace mediadock::base {
namespace {

TEST(ToLowerAscii, LeavesOtherBytesAlone) {
  EXPECT_EQ(toLowerAscii("AZ az [09] \xC3\x84"), "az az [09] \xC3\x84");
}

TEST(EqualsIgnoringCase, ComparesAsciiOnly) {
  EXPECT_TRUE(equalsIgnoringCase("Content-Type", "content-TYPE"));
  EXPECT_FALSE(equalsIgnoringCase("Content-Type", "Content-Typ"));
  EXPECT_FALSE(equalsIgnoringCase("\xC3\x84", "\xC3\xA4"));
  EXPECT_FALSE(equalsIgnoringCase("[", "{"));
}

TEST(Trimmed, DropsSpacesAndTabsAtBothEnds) {
  EXPECT_EQ(trimmed(" \ta b\t "), "a b");
  EXPECT_EQ(trimmed(" \t"), "");
  EXPECT_EQ(trimmed("\r\n"), "\r\n");
}

TEST(IsToken, TakesTheCharactersOfRfc9110) {
  EXPECT_TRUE(isToken("aZ09!#$%&'*+-.^_`|~"));
  EXPECT_FALSE(isToken(""));
  for (const char c : std::string_view("\0 \"(),/:;<=>?@[\\]{}\x7F\x80\xFF", 22)) {
    EXPECT_FALSE(isToken(std::string(1, c))) << c;
  }
}

TEST(HexValue, KnowsBothCases) {
  EXPECT_EQ(hexValue('0'), 0);
  EXPECT_EQ(hexValue('f'), 15);
  EXPECT_EQ(hexValue('A'), 10);
  EXPECT_EQ(hexValue('g'), -1);
  EXPECT_EQ(hexValue('/'), -1);
}

TEST(EncodeHex, WritesTwoLowerCaseDigitsAByte) {
  EXPECT_EQ(encodeHex(std::string("\x00\x0F\xF0\xFF", 4)), "000ff0ff");
}

TEST(AppendHex, WritesAllSixteenDigits) {
  std::string text = "x";
  appendHex(text, 0x1fU);
  EXPECT_EQ(text, "x000000000000001f");
}

TEST(DecodeHex, IsTheWayBack) {
  EXPECT_EQ(decodeHex("000ff0ff"), std::string("\x00\x0F\xF0\xFF", 4));
  EXPECT_EQ(decodeHex(""), "");
}

TEST(DecodeHex, RefusesOtherText) {
  for (const char* text : {"0", "0g", "0F", " 00"}) {
    EXPECT_EQ(decodeHex(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace mediadock::base
