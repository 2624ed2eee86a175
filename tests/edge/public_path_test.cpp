/// \file
/// An nginx that shows the host below a path: what the host's answers name can be had through it.

#include "integration/host_process.h"
#include "support/http_client.h"
#include "support/nginx.h"
#include "support/temp_directory.h"

#include <Poco/JSON/Parser.h>
#include <gmock/gmock.h>

#include <memory>
#include <string>

namespace mediadock {
namespace {

using testing::StartsWith;

struct PrefixedProxy {
  const char* name;
  /// Of the host.
  std::map<std::string, std::string> settings;
  /// Of nginx's location.
  const char* directives;
};

void PrintTo(const PrefixedProxy& proxy, std::ostream* out) {
  *out << proxy.name;
}

class BelowAPath : public testing::TestWithParam<PrefixedProxy> {
 protected:
  BelowAPath() {
    auto settings = GetParam().settings;
    settings["storage.localdisk.root"] = home_.path() / "media";
    host_ = std::make_unique<HostProcess>(HostConfiguration{.settings = settings},
                                          home_.path() / "records.db");
    const std::string location = "    location /media/ {\n      proxy_pass " + host_->url() +
                                 "/;\n" + GetParam().directives + "    }\n";
    nginx_ = std::make_unique<Nginx>(Nginx::Configuration{.server = location});
  }

  HttpAnswer ask(const std::string& method, const std::string& target,
                 const std::string& headers = "", const std::string& body = "") const {
    HttpClient client("http://127.0.0.1:" + std::to_string(nginx_->port()));
    return client.exchange(method, target, headers, body);
  }

  HttpAnswer upload(const std::string& name) const {
    FormBody form;
    form.field("nextcloud_path", "folder").file(name, "content of " + name);
    return ask("POST", "/media/api/crm/storage/upload", FormBody::kContentType, form.str());
  }

  TempDirectory home_;
  std::unique_ptr<HostProcess> host_;
  std::unique_ptr<Nginx> nginx_;
};

TEST_P(BelowAPath, EveryAddressThatTheHostNamesLeadsBackToIt) {
  const auto location = upload("a.txt").header("Location");
  ASSERT_THAT(location, StartsWith("/media/"));
  EXPECT_EQ(ask("GET", location).body, "content of a.txt");

  upload("b.txt");
  const auto page = ask("GET", "/media/api/crm/storage/browse?path=folder&limit=1");
  const auto entries = Poco::JSON::Parser().parse(page.body).extract<Poco::JSON::Array::Ptr>();
  const auto url = entries->getObject(0)->getValue<std::string>("url");
  EXPECT_EQ(ask("GET", url).body, "content of a.txt");

  const auto link = page.header("Link");
  const auto next = ask("GET", link.substr(1, link.find('>') - 1));
  EXPECT_EQ(next.status, 200) << link;
  EXPECT_THAT(next.body, testing::HasSubstr("b.txt"));
}

TEST_P(BelowAPath, AResumableUploadGoesOnWhereItsLocationLeads) {
  const std::string tus = "Tus-Resumable: 1.0.0\r\n";
  const auto created = ask(
      "POST", "/media/api/crm/storage/uploads",
      tus + "Upload-Length: 7\r\nUpload-Metadata: filename YS50eHQ=,nextcloud_path Zm9sZGVy\r\n");
  const auto done =
      ask("PATCH", created.header("Location"),
          tus + "Upload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\n", "content");

  EXPECT_EQ(done.status, 201) << created.header("Location") << done.body;
  EXPECT_EQ(ask("GET", done.header("Location")).body, "content");
}

std::string nameOf(const testing::TestParamInfo<PrefixedProxy>& proxy) {
  return proxy.param.name;
}

INSTANTIATE_TEST_SUITE_P(
    Edge, BelowAPath,
    testing::Values(PrefixedProxy{"ByConfiguration", {{"http.public_path", "/media/"}}, ""},
                    PrefixedProxy{"ByForwardedPrefix",
                                  {{"http.trusted_proxies", "127.0.0.1"}},
                                  "      proxy_set_header X-Forwarded-Prefix /media;\n"}),
    nameOf);

}  // namespace
}  // namespace mediadock
