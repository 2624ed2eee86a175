#include "storage/calls/single_flight.h"

#include "support/storage_error_matcher.h"

#include <gtest/gtest.h>

#include <future>
#include <stop_token>
#include <thread>

namespace mediadock::storage {
namespace {

class SingleFlightTest : public testing::Test {
 protected:
  using Flights = SingleFlight<std::string>;

  static Flights::Turn enter(Flights& flights, const std::string& key, CallContext context = {}) {
    return flights.enter(key, context, {.message = "gave up", .retry = Retry::Safe});
  }

  /// A call that waits for the leader of `key`.
  std::future<Flights::Turn> follow(const std::string& key) {
    const auto before = flights_.followers();
    auto follower = std::async(std::launch::async, [this, key] { return enter(flights_, key); });
    while (flights_.followers() == before) {
      std::this_thread::yield();
    }
    return follower;
  }

  Flights flights_;
};

TEST_F(SingleFlightTest, FollowersShareTheResultOfTheirLeader) {
  const auto leading = enter(flights_, "key");
  ASSERT_TRUE(leading.leader);
  auto one = follow("key");
  auto other = follow("key");

  leading.leader->finish("result");

  for (auto* follower : {&one, &other}) {
    const auto turn = follower->get();
    EXPECT_FALSE(turn.leader);
    EXPECT_EQ(turn.result, "result");
  }
  EXPECT_EQ(flights_.followers(), 0U);
}

TEST_F(SingleFlightTest, ALeaderThatIsDestroyedLeavesNoResult) {
  auto leading = enter(flights_, "key");
  auto follower = follow("key");

  leading.leader.reset();

  const auto turn = follower.get();
  EXPECT_FALSE(turn.leader);
  EXPECT_EQ(turn.result, std::nullopt);
}

TEST_F(SingleFlightTest, TheNextCallLeadsAgain) {
  const auto first = enter(flights_, "key");
  first.leader->finish("result");

  const auto second = enter(flights_, "key");

  EXPECT_TRUE(second.leader);
  EXPECT_EQ(second.result, std::nullopt);
}

TEST_F(SingleFlightTest, ALeaderThatHasFinishedDoesNotEndTheNextOne) {
  auto first = enter(flights_, "key");
  first.leader->finish("first");
  const auto second = enter(flights_, "key");
  auto follower = follow("key");

  first.leader.reset();
  second.leader->finish("second");

  EXPECT_EQ(follower.get().result, "second");
}

TEST_F(SingleFlightTest, KeysHaveLeadersOfTheirOwn) {
  const auto one = enter(flights_, "one");
  const auto other = enter(flights_, "other");

  EXPECT_TRUE(one.leader);
  EXPECT_TRUE(other.leader);
}

TEST_F(SingleFlightTest, AFollowerGivesUpAtItsOwnCancellation) {
  const auto leading = enter(flights_, "key");
  std::stop_source stop;
  stop.request_stop();
  CallContext context;
  context.cancellation = stop.get_token();

  EXPECT_THAT([&] { enter(flights_, "key", context); }, ThrowsStorageError(StorageErrc::Cancelled));
  EXPECT_EQ(flights_.followers(), 0U);
}

}  // namespace
}  // namespace mediadock::storage
