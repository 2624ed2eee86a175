#include "http/syntax/headers.h"

#include <gmock/gmock.h>

namespace mediadock::http {
namespace {

using testing::ElementsAre;

TEST(Headers, JoinsTheLinesOfOneName) {
  Headers headers;
  headers.add("If-None-Match", "\"a\"");
  headers.add("Other", "x");
  headers.add("if-none-match", "\"b\"");

  EXPECT_EQ(headers.joined("IF-NONE-MATCH"), "\"a\", \"b\"");
  EXPECT_EQ(headers.joined("Missing"), std::nullopt);
}

TEST(ListMembers, LeavesCommasWithinQuotesAlone) {
  EXPECT_THAT(listMembers("\"a,b\" , ,W/\"c\""), ElementsAre("\"a,b\"", "W/\"c\""));
}

TEST(HeaderParameter, UnquotesAndFindsWithoutRegardToCase) {
  const std::string value = "form-data; NAME=\"a; \\\"b\\\"\"; filename=plain";

  EXPECT_EQ(headerParameter(value, "name"), "a; \"b\"");
  EXPECT_EQ(headerParameter(value, "filename"), "plain");
  EXPECT_EQ(headerParameter(value, "size"), std::nullopt);
}

TEST(HeaderParameter, KeepsABackslashBeforeAnythingButAQuote) {
  EXPECT_EQ(headerParameter("form-data; filename=\"C:\\a\\b.png\"", "filename"), "C:\\a\\b.png");
}

TEST(HeaderParameter, GivesNothingForAQuoteThatDoesNotClose) {
  EXPECT_EQ(headerParameter("form-data; name=\"a", "name"), std::nullopt);
}

TEST(MediaTypeEssence, P9IsLowerCaseAndWithoutParameters) {
  EXPECT_EQ(mediaTypeEssence("Multipart/Form-Data ; boundary=x"), "multipart/form-data");
}

TEST(HasControlCharacter, SeesAllButTheTab) {
  EXPECT_TRUE(hasControlCharacter("a\r\nb"));
  EXPECT_TRUE(hasControlCharacter(std::string("a\0b", 3)));
  EXPECT_TRUE(hasControlCharacter("\x7F"));
  EXPECT_FALSE(hasControlCharacter("a\tb é"));
}

TEST(IsToken, RefusesBlanksAndColons) {
  EXPECT_TRUE(base::isToken("Transfer-Encoding"));
  EXPECT_FALSE(base::isToken("Transfer-Encoding "));
  EXPECT_FALSE(base::isToken(""));
  EXPECT_FALSE(base::isToken("a:b"));
}

}  // namespace
}  // namespace mediadock::http
