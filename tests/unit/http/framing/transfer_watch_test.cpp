#include "http/framing/transfer_watch.h"

#include <gtest/gtest.h>

namespace mediadock::http::guard {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr TransferTimeouts kTimeout{
    .stall = seconds(30), .grace = seconds(10), .bytesPerSecond = 100};

TEST(TransferWatch, GrantsTheGraceAtFirst) {
  const TransferWatch watch(kTimeout);

  EXPECT_EQ(watch.left(), seconds(10));
}

TEST(TransferWatch, GivesUpOnWhoStaysBelowTheRate) {
  TransferWatch watch(kTimeout);

  watch.note(seconds(10), 999);

  EXPECT_LE(watch.left(), seconds(0));
}

TEST(TransferWatch, WaitsOnForWhoKeepsTheRate) {
  TransferWatch watch(kTimeout);

  watch.note(seconds(10), 2000);

  EXPECT_EQ(watch.left(), seconds(10));
}

TEST(TransferWatch, GivesUpOnAStallHoweverMuchWasEarned) {
  TransferWatch watch(kTimeout);
  watch.note(seconds(0), 1000000);

  watch.note(seconds(30), 0);

  EXPECT_LE(watch.left(), seconds(0));
}

TEST(TransferWatch, ForgetsAStallOnceBytesMove) {
  TransferWatch watch(kTimeout);
  watch.note(seconds(0), 1000000);
  watch.note(seconds(29), 0);

  watch.note(seconds(0), 1);

  EXPECT_EQ(watch.left(), seconds(30));
}

TEST(TransferWatch, AllowsNoMoreInAllHoweverMuchMoves) {
  auto watch = TransferWatch::inAll(milliseconds(100));

  watch.note(milliseconds(60), 1000000000);

  EXPECT_EQ(watch.left(), milliseconds(40));
}

}  // namespace
}  // namespace mediadock::http::guard
