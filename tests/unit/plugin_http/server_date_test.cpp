#include "http/server_date.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace mediadock::http_client {
namespace {

using std::chrono::day;
using std::chrono::January;
using std::chrono::microseconds;
using std::chrono::sys_days;
using std::chrono::year;

constexpr std::chrono::sys_days kNow = year(2026) / 11 / 30;
/// Sun, 06 Nov 1994 08:49:37 GMT.
constexpr Timestamp kExample{std::chrono::seconds(784111777)};

class OneTime : public testing::TestWithParam<const char*> {};

TEST_P(OneTime, IsReadFromEachOfItsForms) {
  EXPECT_EQ(parseServerDate(GetParam(), kNow), kExample);
}

INSTANTIATE_TEST_SUITE_P(
    ParseServerDate, OneTime,
    testing::Values("Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
                    "Sun Nov  6 08:49:37 1994", "Sun Nov 6 08:49:37 1994",
                    "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 +0000",
                    "Sun, 06 Nov 1994 09:49:37 +0100", "Sun, 06 Nov 1994 03:19:37 -0530",
                    "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 06-Nov-1994 08:49:37 GMT",
                    "06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z", "1994-11-06t08:49:37z",
                    "1994-11-06 08:49:37Z", "1994-11-06T09:49:37+01:00",
                    "1994-11-06T08:49:37.000Z"));

class NoTime : public testing::TestWithParam<const char*> {};

TEST_P(NoTime, IsMadeUp) {
  EXPECT_EQ(parseServerDate(GetParam(), kNow), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(
    ParseServerDate, NoTime,
    testing::Values("", " ", "0", "now", "1994", "1994-11-06", "784111777", "Sun", "Sun,",
                    "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 ",
                    "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 06 Nov 1994 08:49:37 GMT+1",
                    "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:60:00 GMT",
                    "Sun, 06 Nov 1994 08:49:61 GMT", "Sun, 31 Nov 1994 08:49:37 GMT",
                    "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 06 Nod 1994 08:49:37 GMT",
                    "Sun, 06 ovD 1994 08:49:37 GMT", "Sun, 06 Nov 194 08:49:37 GMT",
                    "Sun, 06 Nov 1994 8:49:37 GMT", "Sun Nov 6 08:49:37 94", "1994-13-06T08:49:37Z",
                    "1994-11-06T08:49:37", "1994-11-06T08:49:37.Z", "1994-11-06T08:49:37+0",
                    "1994-11-06T08:49:37+24:00", "-1994-11-06T08:49:37Z", "\xff"));

TEST(ParseServerDate, KeepsPartsOfASecond) {
  EXPECT_EQ(parseServerDate("1994-11-06T08:49:37.5Z", kNow), kExample + microseconds(500000));
  EXPECT_EQ(parseServerDate("1994-11-06T08:49:37.123456789Z", kNow),
            kExample + microseconds(123456));
}

TEST(ParseServerDate, TakesNoYearOfTwoDigitsForOneFarAhead) {
  EXPECT_EQ(parseServerDate("Friday, 01-Jan-76 00:00:00 GMT", kNow),
            Timestamp(sys_days(year(2076) / January / day(1))));
  EXPECT_EQ(parseServerDate("Friday, 01-Jan-77 00:00:00 GMT", kNow),
            Timestamp(sys_days(year(1977) / January / day(1))));
}

TEST(ParseServerDate, KnowsLeapDaysAndLeapSeconds) {
  EXPECT_NE(parseServerDate("Thu, 29 Feb 2024 00:00:00 GMT", kNow), std::nullopt);
  EXPECT_EQ(parseServerDate("Wed, 29 Feb 2023 00:00:00 GMT", kNow), std::nullopt);
  EXPECT_NE(parseServerDate("Sat, 31 Dec 2016 23:59:60 GMT", kNow), std::nullopt);
}

TEST(ParseRetryAfter, ReadsSecondsAndDates) {
  const auto now = std::chrono::system_clock::from_time_t(784111717);

  EXPECT_EQ(parseRetryAfter("120", now), std::chrono::seconds(120));
  EXPECT_EQ(parseRetryAfter("Sun, 06 Nov 1994 08:49:37 GMT", now), std::chrono::seconds(60));
  EXPECT_EQ(parseRetryAfter("soon", now), std::nullopt);
}

}  // namespace
}  // namespace mediadock::http_client
