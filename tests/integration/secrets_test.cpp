/// \file
/// Nothing that the host ever prints or answers holds a credential.

#include "integration/curl.h"
#include "integration/host_process.h"
#include "support/apache_dav.h"
#include "support/random_text.h"
#include "support/temp_directory.h"

#include <Poco/Base64Encoder.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace mediadock {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string toBase64(const std::string& text) {
  std::ostringstream out;
  Poco::Base64Encoder encoder(out);
  encoder.rdbuf()->setLineLength(0);
  encoder << text;
  encoder.close();
  return out.str();
}

class Secrets : public testing::Test {
 protected:
  HostConfiguration configuration(const std::string& password) const {
    return {.settings = {{"storage.provider", "nextcloud"},
                         {"storage.nextcloud.url", server_.url()},
                         {"storage.nextcloud.username", server_.username()},
                         {"log.level", "debug"}},
            .environment = {{"MEDIADOCK_STORAGE_NEXTCLOUD_PASSWORD", password}}};
  }

  /// Uses the host in ways that succeed and in ways that fail; gives all it said.
  std::string useHost(const std::string& password) const {
    const TempDirectory home;
    std::ofstream(home.path() / "file") << "content";
    HostProcess host(configuration(password), home.path() / "records.db");
    std::string said;
    for (const auto& request : std::vector<std::vector<std::string>>{
             {"-F", "nextcloud_path=a", "-F", "file=@" + (home.path() / "file").string(),
              host.url() + "/api/crm/storage/upload"},
             {host.storageUrl("browse", "")},
             {host.storageUrl("file", "a/file")},
             {host.storageUrl("file", "missing")},
             {host.storageUrl("file", "..")},
             {host.url() + "/readyz?verbose=1"},
             {"-X", "DELETE", host.storageUrl("file", "a/file")}}) {
      const auto answer = curl(request);
      said += answer.body;
      for (const auto& [name, value] : answer.headers) {
        said += name + ": " + value + '\n';
      }
    }
    host.process().signal(SIGTERM);
    EXPECT_EQ(host.process().waitForExit(), 0);
    return said + host.output();
  }

  void expectNoTrace(const std::string& said, const std::string& password) const {
    EXPECT_THAT(said, HasSubstr("/api/crm/storage/browse")) << "the host logs its requests";
    EXPECT_THAT(said, Not(HasSubstr(password)));
    EXPECT_THAT(said, Not(HasSubstr(toBase64(password))));
    EXPECT_THAT(said, Not(HasSubstr(toBase64(server_.username() + ":" + password))));
  }

  ApacheDav server_;
};

TEST_F(Secrets, X78AGoodPasswordIsInNoOutput) {
  const auto said = useHost(server_.password());

  EXPECT_THAT(said, HasSubstr("\"filename\""));
  expectNoTrace(said, server_.password());
}

TEST_F(Secrets, X78AWrongPasswordIsInNoOutput) {
  const auto password = randomText(24);

  const auto said = useHost(password);

  EXPECT_THAT(said, HasSubstr("application/problem+json"));
  expectNoTrace(said, password);
}

TEST_F(Secrets, X78CheckShowsNoPassword) {
  const auto password = randomText(24);
  const TempDirectory home;
  ChildProcess check(
      {.command = {MEDIADOCK_HOST, "check", "--set", "storage.plugin_path=" MEDIADOCK_PLUGINS,
                   "--set", "storage.provider=nextcloud", "--set",
                   "storage.nextcloud.url=" + server_.url(), "--set",
                   "storage.nextcloud.username=" + server_.username(), "--set",
                   "records.url=sqlite:" + (home.path() / "records.db").string()},
       .environment = {{"NEXTCLOUD_PASSWORD", password}}});

  EXPECT_EQ(check.waitForExit(), 69);

  const auto said = check.standardOutput() + check.standardError();
  EXPECT_THAT(said, HasSubstr("storage"));
  EXPECT_THAT(said, Not(HasSubstr(password)));
  EXPECT_THAT(said, Not(HasSubstr(toBase64(server_.username() + ":" + password))));
}

}  // namespace
}  // namespace mediadock
