#include "http/syntax/http_date.h"

#include <gtest/gtest.h>

namespace mediadock::http {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

constexpr sys_seconds kMoment{seconds(784111777)};

TEST(HttpDate, WritesTheFormOfTheRfc) {
  EXPECT_EQ(formatHttpDate(kMoment), "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST(HttpDate, ReadsAllThreeForms) {
  EXPECT_EQ(parseHttpDate("Sun, 06 Nov 1994 08:49:37 GMT"), kMoment);
  EXPECT_EQ(parseHttpDate("Sunday, 06-Nov-94 08:49:37 GMT"), kMoment);
  EXPECT_EQ(parseHttpDate("Sun Nov  6 08:49:37 1994"), kMoment);
}

TEST(HttpDate, ReadsALeapDay) {
  EXPECT_TRUE(parseHttpDate("Thu, 29 Feb 2024 00:00:00 GMT").has_value());
}

class HttpDateRefuses : public testing::TestWithParam<const char*> {};

TEST_P(HttpDateRefuses, C11WhatIsNoDate) {
  EXPECT_EQ(parseHttpDate(GetParam()), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(
    All, HttpDateRefuses,
    testing::Values("", "garbage", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC",
                    "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:49:37 GMT",
                    "Sun, -6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT x", "0"));

TEST(Rfc3339, ShowsMicrosecondsOnlyWhereThereAreAny) {
  const std::chrono::sys_time<std::chrono::microseconds> time = kMoment;

  EXPECT_EQ(formatRfc3339(time), "1994-11-06T08:49:37Z");
  EXPECT_EQ(formatRfc3339(time + std::chrono::microseconds(42)), "1994-11-06T08:49:37.000042Z");
}

TEST(Rfc3339, WritesTimesBeforeTheEpoch) {
  const std::chrono::sys_time<std::chrono::microseconds> time{std::chrono::microseconds(-1)};

  EXPECT_EQ(formatRfc3339(time), "1969-12-31T23:59:59.999999Z");
}

}  // namespace
}  // namespace mediadock::http
