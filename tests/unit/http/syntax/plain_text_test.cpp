#include "http/syntax/plain_text.h"

#include <gtest/gtest.h>

namespace mediadock::http {
namespace {

TEST(ToUtf8, LeavesUtf8Alone) {
  EXPECT_EQ(toUtf8("a\n ä € 😀"), "a\n ä € 😀");
}

TEST(ToUtf8, EscapesEachByteThatIsNone) {
  EXPECT_EQ(toUtf8("\xff"), "\\xff");
  EXPECT_EQ(toUtf8("Gr\xf6\xdf"
                   "e"),
            "Gr\\xf6\\xdfe");
  EXPECT_EQ(toUtf8("cut \xe2\x82"), "cut \\xe2\\x82");
}

TEST(ToUtf8, EscapesWhatOnlyLooksLikeUtf8) {
  EXPECT_EQ(toUtf8("\xc0\xaf"), "\\xc0\\xaf");
  EXPECT_EQ(toUtf8("\xed\xa0\x80"), "\\xed\\xa0\\x80");
  EXPECT_EQ(toUtf8("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");
}

TEST(ToOneLine, EscapesWhatEndsALineOrMovesACursor) {
  EXPECT_EQ(toOneLine("a\r\nb\x1b[1m\x7f ä"), "a\\x0d\\x0ab\\x1b[1m\\x7f ä");
}

}  // namespace
}  // namespace mediadock::http
