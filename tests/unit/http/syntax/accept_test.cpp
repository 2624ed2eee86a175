#include "http/syntax/accept.h"

#include <gtest/gtest.h>

#include <string>

namespace mediadock::http {
namespace {

struct AcceptCase {
  const char* name;
  const char* accepted;
  bool isPacked;
};

class AcceptsGzip : public testing::TestWithParam<AcceptCase> {};

TEST_P(AcceptsGzip, HeedsWhatTheClientWouldRatherHave) {
  Headers headers;
  headers.add("Accept-Encoding", GetParam().accepted);

  EXPECT_EQ(acceptsGzip(headers), GetParam().isPacked);
}

INSTANTIATE_TEST_SUITE_P(
    Wishes, AcceptsGzip,
    testing::Values(
        AcceptCase{"Browser", "gzip, deflate, br, zstd", true}, AcceptCase{"AnyCase", "GZip", true},
        AcceptCase{"OldName", "x-gzip", true}, AcceptCase{"Others", "br, deflate", false},
        AcceptCase{"Nothing", "", false}, AcceptCase{"LittleWish", "gzip;q=0.001", true},
        AcceptCase{"H22Refused", "gzip;q=0", false},
        AcceptCase{"RefusedAtLength", "gzip;q=0.000", false},
        AcceptCase{"RefusedWithSpaces", "br, gzip ; q=0", false},
        AcceptCase{"Everything", "*", true}, AcceptCase{"EverythingElse", "gzip;q=0, *", false},
        AcceptCase{"NothingElse", "gzip, *;q=0", true},
        AcceptCase{"RatherPlain", "gzip;q=0.5, identity", false},
        AcceptCase{"RatherPacked", "gzip, identity;q=0.5", true},
        AcceptCase{"AsGood", "identity, gzip", true},
        AcceptCase{"NeverPlain", "identity;q=0", false},
        AcceptCase{"NoNumber", "gzip;q=high", false}, AcceptCase{"TooGood", "gzip;q=1.001", false},
        AcceptCase{"TooFine", "gzip;q=0.0001", false}, AcceptCase{"Negative", "gzip;q=-1", false},
        AcceptCase{"OtherParameter", "gzip;level=9", false}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(AcceptsGzip, IsNotTakenForGranted) {
  EXPECT_FALSE(acceptsGzip({}));
}

TEST(AcceptsGzip, ReadsAllLines) {
  Headers headers;
  headers.add("Accept-Encoding", "br");
  headers.add("Accept-Encoding", "gzip");

  EXPECT_TRUE(acceptsGzip(headers));
}

}  // namespace
}  // namespace mediadock::http
