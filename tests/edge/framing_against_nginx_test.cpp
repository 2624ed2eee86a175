/// \file
/// The host and nginx, asked the same: they see the same requests, or the table says why not.

#include "edge/framing_cases.h"
#include "integration/host_process.h"
#include "support/nginx.h"
#include "support/raw_http.h"
#include "support/temp_directory.h"

#include <Poco/URI.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

namespace mediadock {
namespace {

const std::string kNext = "GET /healthz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

/// The statuses of all answers to `bytes`, `100` left out.
std::string statusesOf(std::uint16_t port, const std::string& bytes) {
  RawConnection connection(port);
  connection.send(bytes);
  connection.finishSending();
  std::string statuses;
  for (int status = connection.receive().status(); status != 0;
       status = connection.receive().status()) {
    statuses += (statuses.empty() ? "" : " ") + std::to_string(status);
  }
  return statuses;
}

TEST(FramingCases, DifferForAReason) {
  std::set<std::string> names;
  for (const auto& given : framingCases()) {
    EXPECT_TRUE(names.insert(given.name).second) << given.name << " is there twice";
    EXPECT_EQ(given.host == given.nginx, given.reason.empty()) << given.name;
  }
}

TEST(FramingCases, HaveTheAnswersOfTheTable) {
  const TempDirectory home;
  const HostProcess host({.settings = {{"storage.localdisk.root", home.path().string()}}},
                         home.path() / "records.db");
  const Nginx nginx({.server = "    if ($request_method !~ ^(GET|HEAD)$) { return 405; }\n"
                               "    return 200 up;\n"});
  for (const auto& given : framingCases()) {
    EXPECT_EQ(statusesOf(Poco::URI(host.url()).getPort(), given.request + kNext), given.host)
        << given.name << ", answered by the host";
    EXPECT_EQ(statusesOf(nginx.port(), given.request + kNext), given.nginx)
        << given.name << ", answered by nginx";
  }
}

}  // namespace
}  // namespace mediadock
