/// \file
/// An nginx that keeps its connections to the host, as docs/security.md has it: whatever a client
/// sends, the host sees the requests that nginx saw.

#include "edge/access_lines.h"
#include "edge/framing_cases.h"
#include "integration/host_process.h"
#include "support/nginx.h"
#include "support/raw_http.h"
#include "support/temp_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <string>

namespace mediadock {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kFile = "/api/crm/storage/file?path=";

std::string get(const std::string& path) {
  return "GET " + kFile + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
}

class HostBehindNginx : public testing::TestWithParam<const char*> {
 protected:
  HostBehindNginx() {
    std::ofstream(home_.path() / "asked") << "asked";
    std::ofstream(home_.path() / "smuggled") << "smuggled";
    giveToWorkers(logs_.path());
    host_ = std::make_unique<HostProcess>(
        HostConfiguration{.settings = {{"storage.localdisk.root", home_.path().string()},
                                       {"log.format", "json"}}},
        logs_.path() / "records.db");
    nginx_ = std::make_unique<Nginx>(proxy());
  }

  /// One connection to the host, so that each request comes behind the one before.
  Nginx::Configuration proxy() const {
    return {.http = "  upstream host { server " + host_->url().substr(7) +
                    "; keepalive 1; }\n"
                    "  log_format ids '$request_id $upstream_status';\n",
            .server = "    access_log " + logFile().string() +
                      " ids;\n"
                      "    location / {\n      proxy_pass http://host;\n"
                      "      proxy_http_version 1.1;\n      proxy_set_header Host $host;\n"
                      "      proxy_set_header Connection \"\";\n"
                      "      proxy_set_header X-Request-Id $request_id;\n"
                      "      proxy_ignore_client_abort on;\n"
                      "      proxy_buffering off;\n      proxy_request_buffering " +
                      std::string(GetParam()) + ";\n    }\n"};
  }

  std::filesystem::path logFile() const { return logs_.path() / "access.log"; }

  /// Sends `bytes` and a request behind them, and reads to the end.
  std::string answersTo(const std::string& bytes) const {
    RawConnection connection(nginx_->port());
    connection.send(bytes + get("asked"));
    connection.finishSending();
    std::string answers;
    for (auto answer = connection.receive(); answer.status() != 0; answer = connection.receive()) {
      answers += answer.startLine + answer.body + "\n";
    }
    return answers;
  }

  std::string answerToAnybodyElse() const {
    RawConnection connection(nginx_->port());
    connection.send(get("asked"));
    return connection.receive().body;
  }

  /// The statuses that nginx got from the host, by the id that it gave the request; `-` where it
  /// got none.
  std::map<std::string, std::string> asked() const {
    std::ifstream in(logFile());
    std::map<std::string, std::string> statuses;
    for (std::string id, status; in >> id && std::getline(in >> std::ws, status);) {
      statuses[id] = status;
    }
    return statuses;
  }

  TempDirectory home_;
  TempDirectory logs_{0755};
  std::unique_ptr<HostProcess> host_;
  std::unique_ptr<Nginx> nginx_;
};

TEST_P(HostBehindNginx, X66SeesTheRequestsThatNginxSaw) {
  for (const auto& given : framingCases()) {
    EXPECT_THAT(answersTo(given.request), Not(HasSubstr("smuggled"))) << given.name;
    EXPECT_EQ(answerToAnybodyElse(), "asked") << "after " << given.name;
  }

  nginx_.reset();
  host_->process().signal(SIGTERM);
  host_->process().waitForExit();
  auto expected = asked();
  std::size_t handled = 0;
  std::size_t refused = 0;
  for (const auto& line : accessLines(host_->output())) {
    if (line.method == "-") {
      ++refused;
      continue;
    }
    ++handled;
    EXPECT_EQ(expected.erase(line.id), 1U) << line.method << " " << line.path;
    EXPECT_THAT(line.path, Not(HasSubstr("smuggled")));
  }
  const auto unhandled = std::count_if(expected.begin(), expected.end(),
                                       [](const auto& each) { return each.second != "-"; });
  EXPECT_EQ(static_cast<std::size_t>(unhandled), refused);
  EXPECT_GT(handled, framingCases().size());
}

INSTANTIATE_TEST_SUITE_P(RequestBuffering, HostBehindNginx, testing::Values("on", "off"),
                         [](const auto& mode) { return std::string(mode.param); });

}  // namespace
}  // namespace mediadock
