/// \file
/// What leaves for a client, whatever the stream behind it can do.

#include "http/exchange/response.h"

#include "http/connection/client_connection.h"
#include "http/connection/guarded_stream_socket_impl.h"
#include "http/connection/plain_transport.h"
#include "mediadock/storage_error.h"
#include "support/storage_error_matcher.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <future>
#include <memory>
#include <optional>
#include <poll.h>
#include <span>
#include <stdexcept>
#include <string>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace mediadock::http {
namespace {

using testing::StartsWith;

/// More than goes through a pipe at once.
constexpr std::size_t kLong = 3U << 20U;

std::string patternOf(std::size_t size) {
  std::string pattern(size, '\0');
  for (std::size_t i = 0; i < size; ++i) {
    pattern[i] = static_cast<char>('a' + i * i % 23);
  }
  return pattern;
}

/// What a stream does next.
struct Turn {
  enum class Kind { Move, OnlyRead, End, Fail } kind;
  std::size_t bytes = 0;
};

/// Gives `content`, in turns that come again and again: some moved, some only to be read.
class TurningStream final : public IReadStream {
 public:
  TurningStream(std::string content, std::vector<Turn> turns)
      : content_(std::move(content)),
        turns_(std::move(turns)) {
    info_.length = content_.size();
  }

  const ReadInfo& info() const override { return info_; }

  std::size_t read(std::span<std::byte> buffer) override {
    const auto size = std::min({buffer.size(), turn().bytes, content_.size() - given_});
    std::memcpy(buffer.data(), content_.data() + given_, size);
    pass(size);
    ++reads;
    return size;
  }

  std::optional<std::size_t> splice(int pipe, std::size_t most) override {
    if (++splices > kMostSplices) {
      throw std::logic_error("asked for ever");
    }
    switch (turn().kind) {
      case Turn::Kind::OnlyRead:
        return std::nullopt;
      case Turn::Kind::End:
        return 0;
      case Turn::Kind::Fail:
        throw StorageError(StorageErrc::Timeout, "the storage says nothing");
      case Turn::Kind::Move:
        break;
    }
    const auto wanted = std::min({most, turn().bytes, content_.size() - given_});
    const auto moved = ::write(pipe, content_.data() + given_, wanted);
    EXPECT_GT(moved, 0);
    pass(static_cast<std::size_t>(moved));
    return static_cast<std::size_t>(moved);
  }

  int reads = 0;
  int splices = 0;

 private:
  static constexpr int kMostSplices = 10000;

  const Turn& turn() const { return turns_[turn_ % turns_.size()]; }

  void pass(std::size_t bytes) {
    given_ += bytes;
    ++turn_;
  }

  const std::string content_;
  const std::vector<Turn> turns_;
  ReadInfo info_;
  std::size_t given_ = 0;
  std::size_t turn_ = 0;
};

constexpr Turn kMove{Turn::Kind::Move, 70000};
constexpr Turn kRead{Turn::Kind::OnlyRead, 5000};
constexpr Turn kEnd{Turn::Kind::End};
constexpr Turn kFail{Turn::Kind::Fail};

/// An answer to a client that reads all there is.
class ResponseTest : public testing::Test {
 private:
  static std::string readAll(int client) {
    std::string all;
    std::array<char, 65536> block{};
    pollfd wait{.fd = client, .events = POLLIN, .revents = 0};
    while (::poll(&wait, 1, 10000) == 1) {
      const auto got = ::read(client, block.data(), block.size());
      if (got <= 0) {
        break;
      }
      all.append(block.data(), static_cast<std::size_t>(got));
    }
    ::close(client);
    return all;
  }

  std::future<std::string> received_;

 protected:
  void SetUp() override {
    std::array<int, 2> ends{};
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()), 0);
    const auto state = std::make_shared<guard::GuardState>(guard::GuardSettings());
    auto connection = std::make_unique<guard::ClientConnection>(
        ends[0], Poco::Net::SocketAddress(), std::make_unique<guard::PlainTransport>(ends[0]),
        state);
    response.emplace(
        Poco::Net::StreamSocket(new guard::GuardedStreamSocketImpl(std::move(connection))),
        [] { return true; });
    received_ = std::async(std::launch::async, [client = ends[1]] { return readAll(client); });
  }

  /// All that the client got, once the connection is closed.
  std::string received() {
    response.reset();
    return received_.get();
  }

  std::optional<Response> response;
};

TEST_F(ResponseTest, SendsWhatIsMovedAndWhatIsOnlyReadInItsOrder) {
  const std::string content = patternOf(kLong);
  const std::vector<std::vector<Turn>> all{{kMove}, {kRead}, {kRead, kMove}, {kMove, kMove, kRead}};
  for (const auto& turns : all) {
    if (!response) {
      SetUp();
    }
    TurningStream stream(content, turns);
    response->begin(content.size());
    response->writeFrom(stream, content.size());

    EXPECT_FALSE(response->isIncomplete());
    EXPECT_EQ(response->bodyBytes(), content.size());
    EXPECT_GT(stream.splices, 0);
    const std::string got = received();
    EXPECT_THAT(got, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_TRUE(got.ends_with("\r\n\r\n" + content));
  }
}

TEST_F(ResponseTest, TakesNoEndForAPieceOfNothing) {
  TurningStream stream(patternOf(kLong), {kMove, kEnd});
  response->begin(kLong);

  EXPECT_THAT([&] { response->writeFrom(stream, kLong); },
              ThrowsStorageError(StorageErrc::Truncated));
  EXPECT_TRUE(response->isIncomplete());
}

TEST_F(ResponseTest, CanBeAnotherOneWhileNoByteWasMoved) {
  TurningStream stream(patternOf(kLong), {kFail});
  response->begin(kLong);

  EXPECT_THAT([&] { response->writeFrom(stream, kLong); },
              ThrowsStorageError(StorageErrc::Timeout));

  ASSERT_FALSE(response->hasBegun());
  response->clearHeaders();
  response->setStatus(504);
  response->send("text/plain", "late");
  EXPECT_FALSE(response->isIncomplete());
  const std::string all = received();
  EXPECT_THAT(all, StartsWith("HTTP/1.1 504 "));
  EXPECT_TRUE(all.ends_with("\r\n\r\nlate"));
}

TEST_F(ResponseTest, MovesNothingForAClientThatWantsNoBody) {
  TurningStream stream(patternOf(kLong), {kMove});
  response->omitBody();
  response->begin(kLong);
  response->writeFrom(stream, kLong);

  EXPECT_EQ(stream.splices + stream.reads, 0);
  EXPECT_FALSE(response->isIncomplete());
  EXPECT_TRUE(received().ends_with("Content-Length: 3145728\r\nConnection: keep-alive\r\n\r\n"));
}

#if !defined(__SANITIZE_ADDRESS__)
// The sanitizer of undefined behaviour needs descriptors of its own to look at an object.
TEST_F(ResponseTest, CopiesWhereNoDescriptorIsLeft) {
  const std::string content = patternOf(kLong);
  TurningStream stream(content, {kRead});
  response->begin(kLong);
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  // Those of the standard streams.
  const rlimit none{.rlim_cur = 3, .rlim_max = before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &none), 0);

  EXPECT_NO_THROW(response->writeFrom(stream, kLong));

  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
  EXPECT_EQ(stream.splices, 0);
  EXPECT_TRUE(received().ends_with(content));
}
#endif

}  // namespace
}  // namespace mediadock::http
