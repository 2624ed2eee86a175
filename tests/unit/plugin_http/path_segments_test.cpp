#include "http/path_segments.h"

#include <gtest/gtest.h>

namespace mediadock::http_client {
namespace {

TEST(EncodeSegments, LeavesUnreservedBytesAlone) {
  EXPECT_EQ(encodeSegments({"a-._~9", "b/c d", "\u03a6"}), "/a-._~9/b%2Fc%20d/%CE%A6");
  EXPECT_EQ(encodeSegments({}), "");
}

TEST(DecodePathSegments, DecodesEachSegmentOnceBehindTheSplit) {
  const auto segments = decodePathSegments("/a%2Fb//c%2546/d+e/");

  ASSERT_TRUE(segments);
  EXPECT_EQ(*segments, (std::vector<std::string>{"a/b", "c%46", "d+e"}));
}

TEST(DecodePathSegments, RefusesBrokenEscapesDotsAndBadUtf8) {
  for (const auto* path : {"/%zz", "/%4", "/a/../b", "/%2e", "/%E9"}) {
    EXPECT_FALSE(decodePathSegments(path)) << path;
  }
}

}  // namespace
}  // namespace mediadock::http_client
