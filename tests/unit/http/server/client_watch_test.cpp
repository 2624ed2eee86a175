#include "http/server/client_watch.h"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <optional>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace mediadock::http {
namespace {

/// A connection with both of its ends.
class Ends {
 public:
  Ends() { EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends_.data()), 0); }

  ~Ends() {
    ::close(ends_[0]);
    leave();
  }

  Ends(const Ends&) = delete;
  Ends& operator=(const Ends&) = delete;

  int server() const { return ends_[0]; }

  int client() const { return ends_[1]; }

  void leave() {
    if (ends_[1] >= 0) {
      ::close(ends_[1]);
      ends_[1] = -1;
    }
  }

 private:
  std::array<int, 2> ends_{-1, -1};
};

/// Whether it comes within a time that is far longer than it should take.
bool comes(const std::stop_token& token) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!token.stop_requested() && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return token.stop_requested();
}

class ClientWatchTest : public testing::Test {
 protected:
  std::stop_source end_;
  ClientWatch watch_;
  Ends left_;
  Ends stayed_;
};

TEST_F(ClientWatchTest, EndsTheVisitOfAClientThatLeftAndNoOther) {
  const ClientWatch::Visit staying(watch_, stayed_.server(), end_.get_token());
  const ClientWatch::Visit leaving(watch_, left_.server(), end_.get_token());

  left_.leave();

  EXPECT_TRUE(comes(leaving.token()));
  EXPECT_FALSE(staying.token().stop_requested());
}

TEST_F(ClientWatchTest, TakesAClosedSideForLeaving) {
  const ClientWatch::Visit visit(watch_, left_.server(), end_.get_token());

  ::shutdown(left_.client(), SHUT_WR);

  EXPECT_TRUE(comes(visit.token()));
}

TEST_F(ClientWatchTest, TakesBytesThatCameForNoLeaving) {
  const ClientWatch::Visit talking(watch_, stayed_.server(), end_.get_token());
  const ClientWatch::Visit leaving(watch_, left_.server(), end_.get_token());
  ASSERT_EQ(::send(stayed_.client(), "next", 4, MSG_NOSIGNAL), 4);

  left_.leave();

  EXPECT_TRUE(comes(leaving.token()));
  EXPECT_FALSE(talking.token().stop_requested());
}

TEST_F(ClientWatchTest, LooksNoMoreWhereItIsTold) {
  Ends other;
  ClientWatch::Visit answered(watch_, left_.server(), end_.get_token());
  const ClientWatch::Visit leaving(watch_, other.server(), end_.get_token());
  answered.stopLooking();
  answered.stopLooking();

  left_.leave();
  other.leave();

  EXPECT_TRUE(comes(leaving.token()));
  EXPECT_FALSE(answered.token().stop_requested());
}

TEST_F(ClientWatchTest, EndsAllAtTheEnd) {
  ClientWatch::Visit answered(watch_, left_.server(), end_.get_token());
  const ClientWatch::Visit waiting(watch_, stayed_.server(), end_.get_token());
  answered.stopLooking();

  end_.request_stop();

  EXPECT_TRUE(answered.token().stop_requested());
  EXPECT_TRUE(waiting.token().stop_requested());
}

TEST_F(ClientWatchTest, LetsVisitsEndInAnyOrder) {
  std::optional<ClientWatch::Visit> first;
  std::optional<ClientWatch::Visit> second;
  std::optional<ClientWatch::Visit> third;
  first.emplace(watch_, stayed_.server(), end_.get_token());
  second.emplace(watch_, stayed_.server(), end_.get_token());
  third.emplace(watch_, left_.server(), end_.get_token());
  first.reset();
  second.reset();

  left_.leave();

  EXPECT_TRUE(comes(third->token()));
}

}  // namespace
}  // namespace mediadock::http
