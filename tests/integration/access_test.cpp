/// \file
/// The real host where it asks its callers who they are: tokens that openssl has signed, keys from
/// a file, and what of them is seen in its output.

#include "integration/curl.h"
#include "integration/host_process.h"
#include "support/child_process.h"
#include "support/temp_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <string>
#include <vector>

namespace mediadock {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kKey = "key-of-the-scanner-4b1d";
/// What `printf %s KEY | sha256sum` prints.
constexpr const char* kKeyFile =
    "# who may call\n"
    "scanner:DIGEST:read,write:05_Customers/ACME\n";

std::string run(const std::string& script, const std::string& input = "") {
  ChildProcess shell({.command = {"sh", "-c", script, "sh", input}});
  EXPECT_EQ(shell.waitForExit(), 0) << script;
  std::string output = shell.standardOutput();
  output.erase(output.find_last_not_of('\n') + 1);
  return output;
}

std::string toBase64Url(const std::string& text) {
  return run("printf %s \"$1\" | openssl base64 -A | tr '+/' '-_' | tr -d =", text);
}

class HostWithAccess : public testing::Test {
 protected:
  HostWithAccess() { std::ofstream(home_.path() / "photo.png") << "bytes"; }

  HostConfiguration configuration(std::map<std::string, std::string> settings) const {
    settings.insert({"storage.localdisk.root", (home_.path() / "media").string()});
    return {.settings = std::move(settings)};
  }

  CurlAnswer upload(const HostProcess& host, const std::string& credentials,
                    const std::string& folder) const {
    return curl({"-H", credentials, "-F", "path=" + folder, "-F",
                 "file=@" + (home_.path() / "photo.png").string(),
                 host.url() + "/api/crm/storage/upload"});
  }

  /// Expects that a caller confined to `05_Customers/ACME` can do its work, and nothing else.
  void expectConfined(const HostProcess& host, const std::string& credentials) const {
    EXPECT_EQ(curl({host.storageUrl("browse", "05_Customers/ACME")}).status, 401);
    EXPECT_EQ(upload(host, credentials, "05_Customers/Other").status, 403);
    EXPECT_EQ(upload(host, credentials, "05_Customers/ACME").status, 201);
    const auto listing = curl({"-H", credentials, host.storageUrl("browse", "05_Customers/ACME")});
    EXPECT_EQ(listing.status, 200);
    const std::string key = "\"url\":\"";
    const std::size_t begin = listing.body.find(key) + key.size();
    const auto url = host.url() + listing.body.substr(begin, listing.body.find('"', begin) - begin);
    EXPECT_EQ(curl({url}).body, "bytes") << "a browser's <img> sends no header: " << url;
    EXPECT_EQ(curl({"-X", "DELETE", url}).status, 401);
    const auto file = host.storageUrl("file", "05_Customers/ACME/photo.png");
    EXPECT_EQ(curl({file}).status, 401);
    EXPECT_EQ(curl({"-X", "DELETE", "-H", credentials, file}).status, 403);
  }

  TempDirectory home_;
};

TEST_F(HostWithAccess, TakesApiKeys) {
  std::string keys = kKeyFile;
  keys.replace(keys.find("DIGEST"), 6, run("printf %s \"$1\" | sha256sum | cut -d' ' -f1", kKey));
  std::ofstream(home_.path() / "keys") << keys;
  const HostProcess host(configuration({{"auth.mode", "api_key"},
                                        {"auth.api_keys_file", (home_.path() / "keys").string()}}),
                         home_.path() / "records.db");

  expectConfined(host, std::string("X-API-Key: ") + kKey);
  EXPECT_EQ(curl({"-H", "X-API-Key: another", host.url() + "/api/crm/media"}).status, 401);
  EXPECT_THAT(host.output(), HasSubstr(" scanner POST "));
  EXPECT_THAT(host.output(), Not(HasSubstr(kKey)));
  EXPECT_THAT(host.output(), Not(HasSubstr("sig=")));
}

TEST_F(HostWithAccess, TakesTokensOfAnIssuerWhosePublicKeyItHas) {
  const std::string key = (home_.path() / "key.pem").string();
  const std::string publicKey = (home_.path() / "public.pem").string();
  run("openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out \"$1\" 2>&1 || "
      "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out \"$1\" 2>/dev/null",
      key);
  run("openssl pkey -in \"$1\" -pubout -out \"$(dirname \"$1\")/public.pem\"", key);
  const auto expiry = std::chrono::duration_cast<std::chrono::seconds>(
                          std::chrono::system_clock::now().time_since_epoch())
                          .count() +
                      600;
  const std::string text = toBase64Url(R"({"alg":"RS256","typ":"JWT"})") + "." +
                           toBase64Url(R"({"sub":"anna","iss":"console","scope":"read write",)"
                                       R"("paths":["05_Customers/ACME"],"exp":)" +
                                       std::to_string(expiry) + "}");
  std::ofstream(home_.path() / "text") << text;
  const std::string token =
      text + "." +
      run("openssl dgst -sha256 -sign \"$1\" \"$(dirname \"$1\")/text\" | openssl base64 -A | "
          "tr '+/' '-_' | tr -d =",
          key);
  const HostProcess host(configuration({{"auth.mode", "jwt"},
                                        {"auth.jwt.public_key_file", publicKey},
                                        {"auth.jwt.issuer", "console"},
                                        {"auth.jwt.cookie", "session"}}),
                         home_.path() / "records.db");

  expectConfined(host, "Authorization: Bearer " + token);
  EXPECT_EQ(curl({"-H", "Cookie: session=" + token, host.url() + "/api/crm/media"}).status, 200);
  EXPECT_EQ(
      curl({"-H", "Authorization: Bearer " + text + ".", host.url() + "/api/crm/media"}).status,
      401);
  EXPECT_THAT(host.output(), HasSubstr(" anna POST "));
  EXPECT_THAT(host.output(), Not(HasSubstr(token.substr(token.size() - 40))));
}

TEST_F(HostWithAccess, CheckSaysWhatIsWrongWithAKeyFile) {
  std::ofstream(home_.path() / "keys") << "\nscanner:1234:read\n";
  ChildProcess check({.command = {MEDIADOCK_HOST, "check", "--set", "auth.mode=api_key", "--set",
                                  "auth.api_keys_file=" + (home_.path() / "keys").string()}});

  EXPECT_EQ(check.waitForExit(), 78);
  EXPECT_THAT(
      check.standardOutput() + check.standardError(),
      AllOf(HasSubstr("auth.api_keys_file"), HasSubstr("line 2"), HasSubstr("64 hex digits")));
}

}  // namespace
}  // namespace mediadock
