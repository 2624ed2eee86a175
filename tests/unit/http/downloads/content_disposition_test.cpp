#include "http/downloads/content_disposition.h"

#include <gmock/gmock.h>

namespace mediadock::http {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string attachment(std::string_view name) {
  return contentDisposition(Disposition::Attachment, name);
}

TEST(ContentDisposition, H01H02NamesTheFileInBothForms) {
  EXPECT_EQ(contentDisposition(Disposition::Inline, "a.png"),
            "inline; filename=\"a.png\"; filename*=UTF-8''a.png");
  EXPECT_EQ(attachment("a.png"), "attachment; filename=\"a.png\"; filename*=UTF-8''a.png");
}

TEST(ContentDisposition, H03HasAPureAsciiForm) {
  EXPECT_EQ(attachment("Фото №1 \"x\".png"),
            "attachment; filename=\"____ _1 'x'.png\"; "
            "filename*=UTF-8''%D0%A4%D0%BE%D1%82%D0%BE%20%E2%84%961%20%22x%22.png");
}

TEST(ContentDisposition, H04EscapesQuoteAndBackslash) {
  const std::string value = attachment("a\"b\\c");

  EXPECT_THAT(value, HasSubstr("filename=\"a\\\"b\\\\c\""));
  EXPECT_THAT(value, HasSubstr("UTF-8''a%22b%5Cc"));
}

TEST(ContentDisposition, H05LeavesNothingThatABrowserWouldDecode) {
  const std::string value = attachment("a%41b.png");

  EXPECT_THAT(value, HasSubstr("filename=\"a_41b.png\""));
  EXPECT_THAT(value, HasSubstr("UTF-8''a%2541b.png"));
}

TEST(ContentDisposition, H08StaysShortAndDropsDirectionMarks) {
  std::string longest;
  for (int i = 0; i < 127; ++i) {
    longest += "я";
  }

  EXPECT_LE(attachment(longest).size(), 1536U);
  EXPECT_THAT(attachment("photo\u202Egpj.exe"), HasSubstr("filename=\"photogpj.exe\""));
  EXPECT_THAT(attachment("\u2066x\u2069😀"), HasSubstr("filename=\"x_\""));
}

TEST(ContentDisposition, X26WritesNoControlCharacter) {
  EXPECT_THAT(attachment("a\r\nSet-Cookie:x=1"), Not(HasSubstr("\r")));
}

TEST(StoredContentPolicy, X20X21SandboxesAndQuotesNone) {
  EXPECT_TRUE(kStoredContentPolicy.starts_with("sandbox;"));
  EXPECT_NE(kStoredContentPolicy.find("default-src 'none'"), std::string_view::npos);
  EXPECT_EQ(kStoredContentPolicy.find("allow-"), std::string_view::npos);
}

}  // namespace
}  // namespace mediadock::http
