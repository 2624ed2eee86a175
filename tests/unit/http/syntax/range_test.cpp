#include "http/syntax/range.h"

#include <gmock/gmock.h>

#include <string>

namespace mediadock::http {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Resolved = std::vector<ByteSlice>;

struct RangeCase {
  const char* name;
  const char* header;
  Resolved expected;
};

void PrintTo(const RangeCase& range, std::ostream* out) {
  *out << range.header;
}

class RangeOfThousandBytes : public testing::TestWithParam<RangeCase> {};

TEST_P(RangeOfThousandBytes, HitsTheBytesThatAreMeant) {
  const auto ranges = parseRange(GetParam().header);

  ASSERT_TRUE(ranges.has_value());
  EXPECT_EQ(resolveRanges(*ranges, 1000), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    All, RangeOfThousandBytes,
    testing::Values(RangeCase{"R02", "bytes=0-99", {{0, 100}}},
                    RangeCase{"R03", "bytes=900-", {{900, 100}}},
                    RangeCase{"R04", "bytes=-100", {{900, 100}}},
                    RangeCase{"LongSuffix", "bytes=-5000", {{0, 1000}}},
                    RangeCase{"R06", "bytes=0-", {{0, 1000}}},
                    RangeCase{"R07", "bytes=999-999", {{999, 1}}},
                    RangeCase{"R09", "bytes=1000-", {}}, RangeCase{"R10", "bytes=1000-2000", {}},
                    RangeCase{"R11", "bytes=-0", {}}, RangeCase{"R14", " bytes=0-9 ", {{0, 10}}},
                    RangeCase{"R16", "BYTES=0-9", {{0, 10}}},
                    RangeCase{"R17", "bytes=0-0,-1", {{0, 1}, {999, 1}}},
                    RangeCase{"R18", "bytes=0-9,5000-6000", {{0, 10}}},
                    RangeCase{"R19", "bytes=2000-,3000-", {}},
                    RangeCase{"R20", "bytes=0-99,50-149", {{0, 150}}},
                    RangeCase{"Touching", "bytes=0-9,10-19", {{0, 20}}},
                    RangeCase{"Order", "bytes=500-509,0-9", {{500, 10}, {0, 10}}},
                    RangeCase{"R22", "bytes=0-9, 20-29", {{0, 10}, {20, 10}}},
                    RangeCase{"R23Beyond", "bytes=18446744073709551615-", {}},
                    RangeCase{"R23Clamped", "bytes=0-99999999999999999999", {{0, 1000}}}),
    [](const auto& test) { return test.param.name; });

class IgnoredRange : public testing::TestWithParam<const char*> {};

TEST_P(IgnoredRange, R13R14R15IsNotWellFormed) {
  EXPECT_EQ(parseRange(GetParam()), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(All, IgnoredRange,
                         testing::Values("", "bytes=abc", "bytes=", "bytes=1", "bytes=--1",
                                         "bytes=1-2-3", "bytes = 0-9", "items=0-5", "bytes=-",
                                         "bytes=5-2", "bytes=0-9,x", "bytes=+1-2", "bytes=0 -9",
                                         "bytes=,", "bytes"));

TEST(ParseRange, R21IgnoresMoreRangesThanAnybodyNeeds) {
  std::string header = "bytes=0-0";
  for (int i = 1; i < 1000; ++i) {
    header += "," + std::to_string(2 * i) + "-" + std::to_string(2 * i);
  }

  EXPECT_EQ(parseRange(header), std::nullopt);
}

TEST(ParseRange, TakesEightRanges) {
  EXPECT_TRUE(parseRange("bytes=0-0,2-2,4-4,6-6,8-8,10-10,12-12,14-14").has_value());
  EXPECT_FALSE(parseRange("bytes=0-0,2-2,4-4,6-6,8-8,10-10,12-12,14-14,16-16").has_value());
}

TEST(ResolveRanges, R24FindsNothingInAnEmptyFile) {
  EXPECT_THAT(resolveRanges({ByteRange{0, std::nullopt}}, 0), IsEmpty());
  EXPECT_THAT(resolveRanges({ByteRange{std::nullopt, 5}}, 0), IsEmpty());
}

TEST(ResolveRanges, NeverGivesMoreBytesThanTheFileHas) {
  const auto ranges = parseRange("bytes=0-,0-,1-,2-,-999,-998,5-,6-");

  EXPECT_THAT(resolveRanges(*ranges, 1000), ElementsAre(ByteSlice{0, 1000}));
}

TEST(ContentRange, ShowsInclusiveBounds) {
  EXPECT_EQ(contentRange({900, 100}, 1000), "bytes 900-999/1000");
  EXPECT_EQ(unsatisfiedRange(1000), "bytes */1000");
}

}  // namespace
}  // namespace mediadock::http
