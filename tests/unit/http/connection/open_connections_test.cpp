#include "http/connection/guarded_server_socket.h"
#include "unit/http/connection/echo_server.h"
#include "unit/http/connection/raw_client.h"

#include <gtest/gtest.h>

namespace mediadock::http::guard {
namespace {

using Poco::Net::Socket;

const Poco::Timespan kLong(600, 0);

class EndConnections : public testing::Test {
 protected:
  Poco::Net::StreamSocket accept() {
    EXPECT_TRUE(listening_.poll(kLong, Socket::SELECT_READ));
    return listening_.acceptConnection();
  }

  GuardedServerSocket listening_{Poco::Net::SocketAddress("127.0.0.1", 0), 8, patientSettings()};
};

TEST_F(EndConnections, P24EndsOneThatTheServerHasNotTakenUpYet) {
  RawClient client(listening_.address().port());
  const auto accepted = accept();

  listening_.endConnections();

  EXPECT_TRUE(client.isEnded());
}

TEST_F(EndConnections, P24EndsOneThatIsAcceptedAfterwards) {
  RawClient client(listening_.address().port());

  listening_.endConnections();

  const auto accepted = accept();
  EXPECT_TRUE(client.isEnded());
}

TEST_F(EndConnections, LeavesThoseAloneThatAreClosed) {
  RawClient client(listening_.address().port());
  auto accepted = accept();

  accepted.close();

  EXPECT_TRUE(client.isEnded());
  listening_.endConnections();
}

}  // namespace
}  // namespace mediadock::http::guard
