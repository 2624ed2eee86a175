#include "support/apache_dav.h"
#include "support/nginx_dav.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <iterator>

namespace mediadock {
namespace {

using ::testing::HasSubstr;

std::string readWhole(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string curl(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"curl", "--silent", "--show-error", "--noproxy", "*"});
  return runProgram(std::move(arguments));
}

template <typename Server>
class RealDavServer : public ::testing::Test {
 protected:
  std::string login() const { return server_.username() + ":" + server_.password(); }

  Server server_;
};

using Servers = ::testing::Types<ApacheDav, NginxDav>;
TYPED_TEST_SUITE(RealDavServer, Servers);

TYPED_TEST(RealDavServer, StoresAndReturnsAFile) {
  const std::string url = this->server_.url() + "/a.txt";

  EXPECT_EQ(curl({"-u", this->login(), "-X", "PUT", "--data-binary", "hello", "-o", "/dev/null",
                  "-w", "%{http_code}", url}),
            "201");
  EXPECT_EQ(curl({"-u", this->login(), url}), "hello");
  EXPECT_EQ(readWhole(this->server_.documentRoot() / "a.txt"), "hello");
}

TYPED_TEST(RealDavServer, ListsAndMakesFolders) {
  const std::string url = this->server_.url() + "/folder/";

  EXPECT_EQ(
      curl({"-u", this->login(), "-X", "MKCOL", "-o", "/dev/null", "-w", "%{http_code}", url}),
      "201");
  EXPECT_THAT(curl({"-u", this->login(), "-X", "PROPFIND", "-H", "Depth: 1", this->server_.url()}),
              HasSubstr("folder/"));
}

TYPED_TEST(RealDavServer, RefusesStrangers) {
  EXPECT_EQ(curl({"-o", "/dev/null", "-w", "%{http_code}", this->server_.url() + "/"}), "401");
}

TEST(ApacheDavTls, ProvesItselfWithItsCertificate) {
  const ApacheDav server({.tls = true});
  const std::string login = server.username() + ":" + server.password();

  EXPECT_EQ(curl({"--cacert", server.caFile().string(), "-u", login, "-X", "PUT", "--data-binary",
                  "x", "-o", "/dev/null", "-w", "%{http_code}", server.url() + "/a.txt"}),
            "201");
  EXPECT_THROW(curl({server.url() + "/a.txt"}), std::runtime_error);
}

}  // namespace
}  // namespace mediadock
