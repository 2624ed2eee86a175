/// \file
/// Who may do what, asked over a socket.

#include "http/access/url_signer.h"
#include "http/syntax/digest.h"
#include "mediadock/storage_error.h"
#include "unit/http/access/access_fixture.h"
#include "unit/http/log_capture.h"

#include <gmock/gmock.h>

namespace mediadock::http {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST_F(Access, X12RefusesEveryMethodOfEveryRouteWithoutCredentials) {
  const std::string id = "/api/crm/media/" + in.id;
  for (const std::string& target :
       {std::string("/api/crm/storage/browse"), std::string("/api/crm/storage/limits"),
        std::string("/api/crm/storage/upload"), std::string("/api/crm/storage/folder"),
        std::string("/api/crm/storage/move"), fileTarget("A/B/in.bin"), fileTarget("A"),
        std::string("/api/crm/nextcloud/browse"), std::string("/api/crm/nextcloud/upload"),
        std::string("/api/crm/nextcloud/file?path=A%2FB%2Fin.bin"), std::string("/api/crm/media"),
        id, std::string("/nowhere"), std::string("/api")}) {
    for (const char* method : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}) {
      const auto answer = send(method, target);
      EXPECT_EQ(answer.status, 401) << method << ' ' << target;
      EXPECT_THAT(answer.header("WWW-Authenticate"), HasSubstr("Bearer"))
          << method << ' ' << target;
    }
  }
  EXPECT_THAT(world.files(), ElementsAre("A/B/in.bin", "A/C/out.bin"));
  world.expectInStep();
}

TEST_F(Access, LetsEverybodyAskForHealthAndOptions) {
  EXPECT_EQ(send("GET", "/healthz").status, 200);
  EXPECT_EQ(send("GET", "/healthz", bearer("nonsense")).status, 200);
  EXPECT_EQ(send("GET", "/readyz").body, R"({"status":"ready"})");
  const auto options = send("OPTIONS", fileTarget("A"));
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(options.header("Allow"), "GET, HEAD, DELETE, OPTIONS");
}

TEST_F(Access, ShowsTheDetailOfReadinessToAdminsOnly) {
  EXPECT_EQ(send("GET", "/readyz?verbose=1").status, 401);
  EXPECT_EQ(send("GET", "/readyz?verbose=1", bearer("nonsense")).status, 401);
  EXPECT_EQ(send("GET", "/readyz?verbose=1", withScopes("read write delete")).status, 403);
  EXPECT_THAT(send("GET", "/readyz?verbose=1", withScopes("admin")).body, HasSubstr("abilities"));
}

TEST_F(Access, X13AsksTheSameUnderEveryFormOfAPath) {
  for (const char* target : {"/api/crm/storage/%66ile?path=A%2FB%2Fin.bin",
                             "//api//crm/storage/file?path=A%2FB%2Fin.bin",
                             "/api/crm/storage/file;x=1?path=A%2FB%2Fin.bin",
                             "/api/crm/storage/./file?path=A%2FB%2Fin.bin",
                             "/healthz/../api/crm/storage/file?path=A%2FB%2Fin.bin",
                             "http://h/api/crm/storage/file?path=A%2FB%2Fin.bin",
                             "/API/crm/storage/file?path=A%2FB%2Fin.bin"}) {
    EXPECT_EQ(send("GET", target).status, 401) << target;
    EXPECT_NE(send("GET", target, withPaths(R"(["A/C"])")).body, "inside") << target;
  }
}

TEST_F(Access, M24RefusesBeforeItAsksForABody) {
  auto client = connect();
  client.send(
      "POST /api/crm/storage/upload HTTP/1.1\r\nHost: h\r\nContent-Length: 500000\r\n"
      "Expect: 100-continue\r\n" +
      bearer("nonsense") + "\r\n");

  EXPECT_EQ(client.receive().status, 401);
  EXPECT_TRUE(client.isClosed());
}

TEST_F(Access, TellsWhyCredentialsDoNotHold) {
  const auto expired = send("GET", "/api/crm/storage/browse",
                            bearer(tokenOf(R"({"alg":"HS256"})", R"({"sub":"a","exp":1})")));

  EXPECT_EQ(expired.status, 401);
  EXPECT_THAT(expired.header("WWW-Authenticate"), HasSubstr("error=\"invalid_token\""));
  EXPECT_THAT(expired.body, HasSubstr("expired"));
}

TEST_F(Access, JudgesAnOverriddenMethodByItsOwnRoute) {
  const std::string override = "X-HTTP-Method-Override: DELETE\r\nTus-Resumable: 1.0.0\r\n";
  const std::string upload = "/api/crm/storage/uploads/any";

  EXPECT_EQ(send("POST", upload, override).status, 401);
  EXPECT_EQ(send("POST", upload, override + withScopes("read delete admin")).status, 403);
  EXPECT_EQ(send("POST", upload, override + withScopes("write")).status, 404);
}

TEST_F(Access, AsksForTheScopeOfARoute) {
  const auto status = [&](const char* method, const std::string& target, const char* scopes) {
    return send(method, target, withScopes(scopes) + kJson, "{}").status;
  };

  EXPECT_EQ(status("GET", fileTarget("A/B/in.bin"), "write delete admin"), 403);
  EXPECT_EQ(status("HEAD", fileTarget("A/B/in.bin"), "write delete admin"), 403);
  EXPECT_EQ(status("GET", "/api/crm/media", "write delete admin"), 403);
  EXPECT_EQ(status("POST", "/api/crm/storage/upload", "read delete admin"), 403);
  EXPECT_EQ(status("POST", "/api/crm/storage/folder", "read delete admin"), 403);
  EXPECT_EQ(status("POST", "/api/crm/storage/move", "read delete admin"), 403);
  EXPECT_EQ(status("PATCH", "/api/crm/media/" + in.id, "read delete admin"), 403);
  EXPECT_EQ(status("DELETE", fileTarget("A/B/in.bin"), "read write admin"), 403);
  EXPECT_EQ(status("DELETE", "/api/crm/media/" + in.id, "read write admin"), 403);
  const auto refused = send("DELETE", fileTarget("A/B/in.bin"), withScopes("read"));
  EXPECT_THAT(refused.header("WWW-Authenticate"),
              HasSubstr("error=\"insufficient_scope\", scope=\"delete\""));
  EXPECT_EQ(status("DELETE", fileTarget("A/B/in.bin"), "delete"), 204);
}

TEST_F(Access, X05ConfinesEveryPathThatARequestNames) {
  const std::string caller = withPaths(R"(["A/B"])");
  const auto post = [&](const char* target, const std::string& json) {
    return send("POST", target, caller + kJson, json).status;
  };
  const auto get = [&](const std::string& target) { return send("GET", target, caller).status; };

  EXPECT_EQ(get(fileTarget("A/B/in.bin")), 200);
  for (const char* path :
       {"A/C/out.bin", "A/C/absent", "A", "", "a/b/in.bin", "A/Bb", "A/b/in.bin"}) {
    EXPECT_EQ(get(fileTarget(path)), 403) << path;
    EXPECT_EQ(get("/api/crm/storage/browse?path=" + percentEncode(path)), 403) << path;
    EXPECT_EQ(send("DELETE", fileTarget(path) + "&recursive=1", caller).status, 403) << path;
  }
  EXPECT_EQ(get("/api/crm/storage/browse"), 403);
  EXPECT_EQ(get("/api/crm/storage/browse?path=/"), 403);
  EXPECT_EQ(get("/api/crm/storage/browse?path=A%2FB&depth=3"), 200);
  EXPECT_EQ(get("/api/crm/media?path_prefix=A"), 403);
  EXPECT_EQ(post("/api/crm/storage/folder", R"({"path":"A/C/new"})"), 403);
  EXPECT_EQ(post("/api/crm/storage/move", R"({"from":"A/C/out.bin","to":"A/B/x"})"), 403);
  EXPECT_EQ(post("/api/crm/storage/move", R"({"from":"A/B/in.bin","to":"A/C/x"})"), 403);
  EXPECT_EQ(post("/api/crm/media", R"({"nextcloud_path":"A/C/out.bin"})"), 403);
  const auto upload = [&](const FormBody& form) {
    return send("POST", "/api/crm/storage/upload", FormBody::kContentType + caller, form.str())
        .status;
  };
  EXPECT_EQ(upload(FormBody().field("path", "A/C").file("x", "1")), 403);
  EXPECT_EQ(upload(FormBody().file("x", "1").field("nextcloud_path", "A/C")), 403);
  EXPECT_EQ(upload(FormBody().field("path", "A/B").file("x", "1")), 201);
  EXPECT_THAT(world.files(), ElementsAre("A/B/in.bin", "A/B/x", "A/C/out.bin"));
  world.expectInStep();
}

TEST_F(Access, X11TakesNoOtherFormOfAPath) {
  const std::string caller = withPaths(R"(["A/B"])");

  for (const char* path : {"A/C/", "A//C", "A/./C", "A/B/../C/out.bin", "/A/C"}) {
    EXPECT_EQ(send("DELETE", fileTarget(path), caller).status, 400) << path;
  }
  EXPECT_THAT(world.files(), ElementsAre("A/B/in.bin", "A/C/out.bin"));
}

TEST_F(Access, X54RefusesBeforeItLooksAtConditions) {
  const std::string condition = "If-None-Match: " + out.etag->str() + "\r\n";

  EXPECT_EQ(send("GET", fileTarget("A/C/out.bin"), condition + withScopes("read")).status, 304);
  EXPECT_EQ(send("GET", fileTarget("A/C/out.bin"), condition + withPaths(R"(["A/B"])")).status,
            403);
  EXPECT_EQ(send("GET", fileTarget("A/C/out.bin"), condition).status, 401);
}

TEST_F(Access, ListsRecordsWithinReachOnly) {
  const auto listed = [&](const std::string& paths) {
    return send("GET", "/api/crm/media", withPaths(paths)).body;
  };

  EXPECT_THAT(listed(R"([""])"), AllOf(HasSubstr("in.bin"), HasSubstr("out.bin")));
  EXPECT_THAT(listed(R"(["A/B"])"), AllOf(HasSubstr("in.bin"), Not(HasSubstr("out.bin"))));
  EXPECT_THAT(listed(R"(["A/B","A/C/out.bin"])"), AllOf(HasSubstr("in.bin"), HasSubstr("out.bin")));
  EXPECT_EQ(listed(R"(["A/Bb"])"), "[]");
  EXPECT_EQ(listed("[]"), "[]");
}

TEST_F(Access, X18HidesARecordOutOfReachLikeOneThatIsNotThere) {
  const std::string caller = withPaths(R"(["A/B"])") + kSameId + kJson;
  const std::string denied = "/api/crm/media/" + out.id;
  const std::string absent = "/api/crm/media/00000000-0000-0000-0000-000000000000";

  for (const char* method : {"GET", "PATCH", "DELETE"}) {
    const auto answer = send(method, denied, caller, "{}");
    EXPECT_EQ(answer.status, 404) << method;
    EXPECT_EQ(answer.body, send(method, absent, caller, "{}").body) << method;
  }
  EXPECT_THAT(world.records(), ElementsAre("A/B/in.bin", "A/C/out.bin"));
}

TEST_F(Access, TakesTheCookie) {
  const std::string cookie = "Cookie: session=" + freshToken(R"("sub":"anna")") + "\r\n";

  EXPECT_EQ(send("GET", fileTarget("A/B/in.bin"), cookie).body, "inside");
  EXPECT_EQ(send("DELETE", fileTarget("A/B/in.bin"), cookie).status, 403);
}

TEST_F(Access, LogsTheCallersName) {
  LogCapture log("access");

  send("GET", fileTarget("A/B/in.bin"), withScopes("read"));
  send("DELETE", fileTarget("A/B/in.bin"), withScopes("read"));

  EXPECT_EQ(log.await(" 127.0.0.1 anna GET ", 1), 1U);
  EXPECT_EQ(log.await(" 127.0.0.1 anna DELETE ", 1), 1U);
}

using SignedUrls = Access;

TEST_F(SignedUrls, X07X08OpenOneFileForReading) {
  const std::string url = signedUrl();
  const auto forSibling = [&](std::string text) {
    return text.replace(text.find("in.bin"), 6, "out.bin")
        .replace(text.find("%2FB%2F"), 7, "%2FC%2F");
  };

  EXPECT_THAT(url, HasSubstr("&sig="));
  EXPECT_EQ(send("GET", url).body, "inside");
  EXPECT_EQ(send("HEAD", url).status, 200);
  EXPECT_EQ(send("GET", url, "Range: bytes=0-1\r\n").body, "in");
  EXPECT_EQ(send("GET", forSibling(url)).status, 403);
  EXPECT_EQ(send("HEAD", forSibling(url)).status, 403);
  EXPECT_EQ(send("GET", forSibling(url), "Range: bytes=0-1\r\n").status, 403);
  EXPECT_EQ(send("DELETE", url).status, 401);
  EXPECT_EQ(send("PUT", url).status, 401);
  const std::string query = url.substr(url.find('?'));
  EXPECT_EQ(send("GET", "/api/crm/storage/browse" + query).status, 401);
  EXPECT_EQ(send("GET", "/api/crm/media" + query).status, 401);
  EXPECT_THAT(world.files(), ElementsAre("A/B/in.bin", "A/C/out.bin"));
}

TEST_F(SignedUrls, StayTheSameAndMayBeKept) {
  const auto first = signedUrl();

  EXPECT_EQ(signedUrl(), first);
  EXPECT_EQ(send("GET", first).header("Cache-Control"), "private, max-age=31536000, immutable");
}

TEST_F(SignedUrls, EndWhenTheFileIsReplaced) {
  const std::string url = signedUrl();
  world.upload("in.bin", {.folder = "A/B"_path, .onConflict = media::OnConflict::Replace},
               "another");
  const std::string newVersion = signedUrl();
  const std::string oldSignature = url.substr(url.find("&sig="));

  EXPECT_EQ(send("GET", url).status, 403);
  EXPECT_EQ(send("HEAD", url).status, 403);
  EXPECT_EQ(send("GET", url, "If-None-Match: *\r\n").status, 403);
  EXPECT_EQ(send("GET", newVersion.substr(0, newVersion.find("&sig=")) + oldSignature).status, 403);
  EXPECT_EQ(send("GET", newVersion).body, "another");
}

TEST_F(SignedUrls, AreNoReasonToRefuseWhoHasCredentials) {
  const std::string forged = fileTarget("A/B/in.bin") + "&sig=forged";

  EXPECT_EQ(send("GET", forged).status, 403);
  EXPECT_EQ(send("GET", forged, withScopes("read")).body, "inside");
  EXPECT_EQ(send("GET", forged, withPaths(R"(["A/C"])")).status, 403);
  EXPECT_EQ(send("GET", signedUrl(), "Cookie: session=old\r\n").body, "inside");
}

TEST_F(SignedUrls, AreNotGivenToWhoMayNotRead) {
  const auto moved = send("POST", "/api/crm/storage/move", withScopes("write") + kJson,
                          R"({"from":"A/B/in.bin","to":"A/B/new.bin"})");

  EXPECT_EQ(moved.status, 200);
  EXPECT_THAT(moved.body, Not(HasSubstr("sig=")));
}

TEST_F(SignedUrls, X57AreNotLogged) {
  LogCapture log("access");

  send("GET", signedUrl());

  EXPECT_EQ(log.await("/api/crm/storage/file?path=A%2FB%2Fin.bin ", 1), 1U);
}

class HiddenDenials : public Access {
 protected:
  HiddenDenials() : Access(true) {}
};

TEST_F(HiddenDenials, X18LookLikeAFileThatIsNotThere) {
  const std::string caller = withPaths(R"(["A/B"])") + kSameId;
  for (const char* method : {"GET", "DELETE"}) {
    const auto absent = send(method, fileTarget("A/B/absent"), caller);
    EXPECT_EQ(absent.status, 404);
    for (const char* denied : {"A/C/out.bin", "A/C/absent", "Z", "A"}) {
      const auto answer = send(method, fileTarget(denied), caller);
      EXPECT_EQ(answer.status, 404) << denied;
      EXPECT_EQ(answer.body, absent.body) << denied;
      EXPECT_EQ(answer.headers.fields().size(), absent.headers.fields().size()) << denied;
    }
  }
  const auto absent = send("GET", "/api/crm/storage/browse?path=A%2FB%2FX", caller);
  EXPECT_EQ(send("GET", "/api/crm/storage/browse?path=A%2FC", caller).body, absent.body);
  EXPECT_EQ(send("GET", "/api/crm/storage/browse", caller).body, absent.body);
  EXPECT_EQ(send("HEAD", fileTarget("A/C/out.bin"), caller).status, 404);
}

TEST_F(HiddenDenials, DoNotHideAMissingScope) {
  EXPECT_EQ(send("DELETE", fileTarget("A/B/in.bin"), withScopes("read")).status, 403);
}

}  // namespace
}  // namespace mediadock::http
