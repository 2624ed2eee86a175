#include "http/syntax/http_status.h"

#include <gtest/gtest.h>

namespace mediadock::http {
namespace {

TEST(ReasonPhrase, P19IsTodaysWhereThatOfPocoIsNotOrMissing) {
  EXPECT_EQ(reasonPhrase(308), "Permanent Redirect");
  EXPECT_EQ(reasonPhrase(413), "Content Too Large");
  EXPECT_EQ(reasonPhrase(416), "Range Not Satisfiable");
  EXPECT_EQ(reasonPhrase(422), "Unprocessable Content");
}

TEST(ReasonPhrase, IsThatOfTheClassForAnUnknownStatus) {
  EXPECT_EQ(reasonPhrase(299), "OK");
  EXPECT_EQ(reasonPhrase(499), "Bad Request");
  EXPECT_EQ(reasonPhrase(599), "Internal Server Error");
}

}  // namespace
}  // namespace mediadock::http
