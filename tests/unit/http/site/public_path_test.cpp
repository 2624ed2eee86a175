/// \file
/// Links in answers, where clients reach the host below a path.

#include "unit/http/endpoints_fixture.h"

#include <gmock/gmock.h>

namespace mediadock::http {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class PublicPath : public testing::Test {
 protected:
  PublicPath() {
    HttpSettings settings = settingsOf();
    settings.admission.publicPath = "/media";
    settings.admission.trustedProxies = {IpNetwork::parse("127.0.0.0/8")};
    server_ = std::make_unique<HttpServer>(settings, *world_.service);
    server_->start();
  }

  HttpAnswer ask(const std::string& method, const std::string& target,
                 const std::string& headers = "", const std::string& body = "") const {
    return HttpClient(server_->url()).exchange(method, target, headers, body);
  }

  HttpAnswer upload(const std::string& name, const std::string& headers = "") const {
    FormBody form;
    form.field("nextcloud_path", "folder").file(name, "content");
    return ask("POST", "/api/crm/storage/upload", FormBody::kContentType + headers, form.str());
  }

  media::MediaWorld world_;
  std::unique_ptr<HttpServer> server_;
};

TEST_F(PublicPath, IsInTheUrlsOfEveryListing) {
  upload("a.png");
  upload("b.png");

  for (const char* query : {"", "&sort=name", "&limit=1", "&depth=2&include=media"}) {
    const auto answer = ask("GET", std::string("/api/crm/storage/browse?path=folder") + query);

    EXPECT_THAT(answer.body,
                AllOf(HasSubstr("\"/media/api/crm/storage/file?path=folder%2Fa.png"),
                      HasSubstr("\"/media/api/crm/storage/thumbnail?path=folder%2Fa.png"),
                      Not(HasSubstr("\"/api/"))))
        << query;
  }
}

TEST_F(PublicPath, IsInLinksAndLocations) {
  const auto uploaded = upload("a.png");
  EXPECT_EQ(uploaded.header("Location"), "/media/api/crm/storage/file?path=folder%2Fa.png");
  upload("b.png");

  EXPECT_THAT(ask("GET", "/api/crm/storage/browse?path=folder&limit=1").header("Link"),
              StartsWith("</media/api/crm/storage/browse?"));
  EXPECT_THAT(ask("GET", "/api/crm/media?limit=1").header("Link"),
              StartsWith("</media/api/crm/media?"));
  EXPECT_THAT(ask("POST", "/api/crm/storage/uploads",
                  "Tus-Resumable: 1.0.0\r\nUpload-Length: 7\r\n"
                  "Upload-Metadata: filename YS50eHQ=,nextcloud_path Zm9sZGVy\r\n")
                  .header("Location"),
              StartsWith("/media/api/crm/storage/uploads/"));
}

TEST_F(PublicPath, IsWhatATrustedProxySays) {
  const auto uploaded = upload("a.png", "X-Forwarded-Prefix: /other/place\r\n");

  EXPECT_THAT(uploaded.header("Location"), StartsWith("/other/place/api/crm/storage/file"));
}

}  // namespace
}  // namespace mediadock::http
