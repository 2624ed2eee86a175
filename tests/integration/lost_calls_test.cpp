/// \file
/// The host with a plugin that never returns from a call.

#include "integration/curl.h"
#include "integration/host_process.h"
#include "support/child_process.h"
#include "support/temp_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <string>
#include <vector>

namespace mediadock {
namespace {

using testing::HasSubstr;

HostConfiguration hangingIn(const std::string& call) {
  return {.settings = {{"storage.provider", "hanging"},
                       {"storage.plugin_path", MEDIADOCK_TEST_PLUGINS},
                       {"storage.hanging.call", call},
                       {"http.request_timeout_s", "1"},
                       {"http.drain_timeout_s", "1"}}};
}

TEST(LostCallsOfTheHost, LeaveALineAndLetItStop) {
  const TempDirectory home;
  HostProcess host(hangingIn("openRead"), home.path() / "records.db");

  const auto answer = curl({host.storageUrl("file", "a/b.txt")});

  EXPECT_EQ(answer.status, 504);
  EXPECT_THAT(host.output(), HasSubstr("plugin 'hanging' has not returned from openRead of "
                                       "'a/b.txt'"));
  host.process().signal(SIGTERM);
  EXPECT_EQ(host.process().waitForExit(std::chrono::seconds(10)), 0);
}

TEST(LostCallsOfTheHost, MayBeTheLastOnes) {
  const TempDirectory home;
  HostProcess host(hangingIn("shutdown"), home.path() / "records.db");

  host.process().signal(SIGTERM);

  EXPECT_EQ(host.process().waitForExit(std::chrono::seconds(30)), 0);
}

TEST(LostCallsOfTheHost, AreAnErrorOfACommand) {
  const TempDirectory home;
  std::vector<std::string> command = {MEDIADOCK_HOST, "check", "--set",
                                      "records.url=sqlite:" + (home.path() / "r.db").string()};
  for (const auto& [key, value] : hangingIn("factory").settings) {
    command.insert(command.end(), {"--set", key + "=" + value});
  }
  ChildProcess process({.command = command});

  EXPECT_EQ(process.waitForExit(std::chrono::seconds(40)), 69);
  EXPECT_THAT(process.standardError(),
              HasSubstr("plugin 'hanging' has not returned from its factory"));
}

}  // namespace
}  // namespace mediadock
