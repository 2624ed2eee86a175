#include "mediadock/etag.h"

#include <gtest/gtest.h>

namespace mediadock {
namespace {

TEST(ETagParse, TakesStrongAndWeakTags) {
  EXPECT_EQ(ETag::parse(R"("abc")"), (ETag{"abc", false}));
  EXPECT_EQ(ETag::parse(R"(W/"abc")"), (ETag{"abc", true}));
  EXPECT_EQ(ETag::parse(R"("")"), (ETag{"", false}));
}

TEST(ETagParse, RefusesWhatIsNoTag) {
  for (const auto* text :
       {"", "abc", "\"", "\"abc", "abc\"", "w/\"a\"", "\"a\"b\"", "\"a b\"", "\"a\nb\""}) {
    EXPECT_EQ(ETag::parse(text), std::nullopt) << text;
  }
}

TEST(ETag, WritesTheHeaderForm) {
  EXPECT_EQ((ETag{"abc", false}.str()), R"("abc")");
  EXPECT_EQ((ETag{"abc", true}.str()), R"(W/"abc")");
}

TEST(ETag, WeakTagsMatchOnlyWeakly) {
  const ETag strong{"a", false};
  const ETag weak{"a", true};

  EXPECT_TRUE(strong.matchesStrongly(strong));
  EXPECT_FALSE(strong.matchesStrongly(weak));
  EXPECT_FALSE(weak.matchesStrongly(weak));
  EXPECT_TRUE(strong.matchesWeakly(weak));
  EXPECT_FALSE(strong.matchesWeakly(ETag{"b", false}));
}

}  // namespace
}  // namespace mediadock
