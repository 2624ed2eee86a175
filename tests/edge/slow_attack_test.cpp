/// \file
/// slowhttptest holds a hundred connections as an attacker would; others are served meanwhile, and
/// each of the hundred is ended by the host.

#include "edge/access_lines.h"
#include "integration/condition.h"
#include "integration/host_process.h"
#include "support/child_process.h"
#include "support/raw_http.h"
#include "support/temp_directory.h"

#include <Poco/URI.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

namespace mediadock {
namespace {

using testing::HasSubstr;

constexpr int kConnections = 100;
/// More than what the kernel keeps of an answer that nobody reads.
constexpr std::size_t kFileBytes = 8 << 20;

class SlowAttack : public testing::Test {
 protected:
  SlowAttack() {
    std::ofstream(home_.path() / "small") << "small";
    std::ofstream(home_.path() / "big") << std::string(kFileBytes, 'b');
  }

  /// Attacks `url` until slowhttptest ends by itself or `isOver`, and asks for the small file all
  /// the while. Returns what slowhttptest said.
  std::string attack(
      std::vector<std::string> options, const std::string& url,
      const std::function<bool()>& isOver = [] { return false; }) {
    const std::string connections = std::to_string(kConnections);
    std::vector<std::string> command = {"slowhttptest", "-c", connections, "-r", connections,
                                        "-l",           "60", "-u",        url};
    command.insert(command.end(), options.begin(), options.end());
    ChildProcess attacker({.command = command, .workingDirectory = home_.path()});
    EXPECT_TRUE(eventually(
        [&] {
          countAnswer();
          return !attacker.isRunning() || isOver();
        },
        std::chrono::seconds(90)));
    return attacker.standardOutput();
  }

  void countAnswer() {
    RawConnection connection(Poco::URI(host_.url()).getPort());
    connection.send("GET /api/crm/storage/file?path=small HTTP/1.1\r\nHost: h\r\n\r\n");
    ++asked_;
    served_ += connection.receive().body == "small" ? 1 : 0;
  }

  /// How many requests the host has logged that `is` holds for.
  int logged(const std::function<bool(const AccessLine&)>& is) const {
    const auto lines = accessLines(host_.output());
    return static_cast<int>(std::count_if(lines.begin(), lines.end(), is));
  }

  void expectOthersServed() const {
    EXPECT_GT(asked_, 0);
    EXPECT_EQ(served_, asked_);
  }

  TempDirectory home_;
  TempDirectory records_;
  HostProcess host_{{.settings = {{"storage.localdisk.root", home_.path().string()},
                                  {"http.request_timeout_s", "1"},
                                  {"http.max_connections", "300"},
                                  {"log.format", "json"}}},
                    records_.path() / "records.db"};
  int asked_ = 0;
  int served_ = 0;
};

TEST_F(SlowAttack, X61EndsHeadsThatDrip) {
  const auto said = attack({"-H", "-i", "1"}, host_.url() + "/healthz");

  EXPECT_THAT(said, HasSubstr("No open connections left"));
  EXPECT_GE(logged([](const auto& line) { return line.status == 408; }), kConnections);
  expectOthersServed();
}

TEST_F(SlowAttack, U36EndsBodiesThatStandStill) {
  const auto said =
      attack({"-B", "-i", "3", "-s", "100000", "-f", "multipart/form-data; boundary=b"},
             host_.url() + "/api/crm/storage/upload");

  EXPECT_THAT(said, HasSubstr("No open connections left"));
  EXPECT_GE(
      logged([](const auto& line) { return line.method == "POST" && line.outcome == "aborted"; }),
      kConnections);
  expectOthersServed();
}

TEST_F(SlowAttack, X61EndsAnswersThatNobodyReads) {
  const auto ended = [this] {
    return logged([](const auto& line) {
             return line.path.ends_with("big") && line.outcome == "aborted";
           }) >= kConnections;
  };
  attack({"-X", "-w", "10", "-y", "20", "-n", "3", "-z", "5"}, host_.storageUrl("file", "big"),
         ended);

  EXPECT_TRUE(ended());
  expectOthersServed();
}

TEST_F(SlowAttack, X69AnswersManyRangesWithTheWholeFile) {
  const auto said =
      attack({"-R", "-t", "GET", "-a", "1", "-b", "500"}, host_.storageUrl("file", "big"));

  EXPECT_THAT(said, HasSubstr("No open connections left"));
  EXPECT_GE(
      logged([](const auto& line) { return line.path.ends_with("big") && line.status == 200; }),
      kConnections);
}

}  // namespace
}  // namespace mediadock
