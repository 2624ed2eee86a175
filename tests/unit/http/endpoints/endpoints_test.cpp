/// \file
/// The API over a storage in memory and records in SQLite, spoken to over a socket.

#include "http/syntax/content_digest.h"
#include "http/syntax/digest.h"
#include "mediadock/storage_error.h"
#include "unit/http/endpoints_fixture.h"
#include "unit/http/log_capture.h"

#include <gmock/gmock.h>

#include <string>

namespace mediadock::http {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST_F(Endpoints, U01UploadGivesTheRecordAndItsPlace) {
  const std::string name = "Φωτό №1 50% #2.png";
  const auto answer = upload(FormBody()
                                 .field("nextcloud_path", "05_Customers/ACME/Sent Media")
                                 .field("customer_id", "acme")
                                 .file(name, "bytes"));

  EXPECT_EQ(answer.status, 201) << answer.body;
  EXPECT_THAT(answer.body, HasSubstr("\"nextcloud_path\":\"05_Customers/ACME/Sent Media/" + name));
  EXPECT_THAT(answer.body, HasSubstr("\"direction\":\"sent\""));
  EXPECT_THAT(answer.body, HasSubstr("\"sha256\":\"" + sha256Hex("bytes")));
  EXPECT_EQ(get(answer.header("Location")).body, "bytes");
  world.expectInStep();
}

TEST_F(Endpoints, TheDigestGoesWithTheWholeAHeadAndAPiece) {
  const auto target =
      upload(FormBody().field("path", "A").file("a.png", "bytes")).header("Location");
  const auto digest = reprDigest(sha256Hex("bytes"));

  EXPECT_EQ(get(target).header("Repr-Digest"), digest);
  EXPECT_EQ(connect().exchange("HEAD", target).header("Repr-Digest"), digest);
  EXPECT_EQ(get(target, "Range: bytes=1-2\r\n").header("Repr-Digest"), digest);
}

TEST_F(Endpoints, U02P7UploadKeepsContentsThatEndLikeABoundary) {
  for (const std::string content : {"", "\r", "\r\n", "a\r\n--", "a\n--", "a\r\n--b0undar"}) {
    const auto answer = upload(FormBody().field("path", "A").file("x.bin", content));
    EXPECT_EQ(get(answer.header("Location")).body, content);
  }
}

TEST_F(Endpoints, U16U17UploadTakesSeveralFilesAndFieldsBehindThem) {
  const auto answer = upload(FormBody().file("a.png", "1").file("b.png", "2").field("path", "A"));

  EXPECT_EQ(answer.status, 201);
  EXPECT_THAT(answer.body, testing::StartsWith("[{"));
  EXPECT_THAT(world.files(), ElementsAre("A/a.png", "A/b.png"));
}

TEST_F(Endpoints, U22UploadSettlesATakenName) {
  world.upload("a.png", {.folder = "A"_path});

  EXPECT_THAT(upload(FormBody().field("path", "A").file("a.png", "2")).body,
              HasSubstr("A/a (2).png"));
  EXPECT_EQ(
      upload(FormBody().field("path", "A").field("on_conflict", "fail").file("a.png", "3")).status,
      409);
  EXPECT_EQ(upload(FormBody().field("path", "A").field("on_conflict", "replace").file("a.png", "4"))
                .status,
            201);
  EXPECT_EQ(world.contentOf("A/a.png"_path), "4");
  world.expectInStep();
}

TEST_F(Endpoints, U23U24UploadHeedsConditions) {
  const auto old = world.upload("a.png", {.folder = "A"_path});
  const auto form = FormBody().field("path", "A").file("a.png", "new");

  EXPECT_EQ(upload(form, "If-None-Match: *\r\n").status, 412);
  EXPECT_EQ(upload(form, "If-Match: \"zz\"\r\n").status, 412);
  EXPECT_EQ(upload(form, "If-Match: " + old.etag->str() + "\r\n").status, 201);
  EXPECT_EQ(world.contentOf("A/a.png"_path), "new");
}

TEST_F(Endpoints, U28UploadChecksTheDigest) {
  const std::string right = "Content-Digest: " + reprDigest(sha256Hex("x")) + "\r\n";

  EXPECT_EQ(upload(FormBody().field("path", "A").file("a", "x", right)).status, 201);
  const auto wrong = upload(FormBody().field("path", "A").file("b", "y", right));
  EXPECT_EQ(wrong.status, 400);
  EXPECT_THAT(wrong.body, HasSubstr("digest mismatch"));
  EXPECT_THAT(world.files(), ElementsAre("A/a"));
  world.expectInStep();
}

TEST_F(Endpoints, UploadHoldsAFileToItsAnnouncedSize) {
  EXPECT_EQ(upload(FormBody().field("path", "A").field("size", "1").file("a", "x")).status, 201);
  EXPECT_EQ(upload(FormBody().field("path", "A").field("size", "2").file("b", "x")).status, 400);
  EXPECT_EQ(upload(FormBody().field("path", "A").field("size", "1").file("c", "xx")).status, 400);
  EXPECT_THAT(world.files(), ElementsAre("A/a"));
}

TEST_F(Endpoints, S15P8UploadThatIsCutLeavesNothing) {
  const std::string form = FormBody().field("path", "A").file("a.png", "content").str();
  for (const std::size_t cut : {form.size() - 1, form.size() - 4, form.size() - 20}) {
    auto client = connect();
    client.send("POST /api/crm/storage/upload HTTP/1.1\r\nHost: h\r\n" +
                std::string(FormBody::kContentType) + "Content-Length: " +
                std::to_string(form.size()) + "\r\n\r\n" + form.substr(0, cut));
    client.finishSending();
    EXPECT_EQ(client.receive().status, 400) << cut;
  }

  EXPECT_THAT(world.files(), IsEmpty());
  world.expectInStep();
}

TEST_F(Endpoints, UploadIsAllOrNothing) {
  world.upload("b.png", {.folder = "A"_path});

  const auto answer = upload(FormBody()
                                 .field("path", "A")
                                 .field("on_conflict", "fail")
                                 .file("a.png", "1")
                                 .file("b.png", "2"));

  EXPECT_EQ(answer.status, 409);
  EXPECT_THAT(world.files(), ElementsAre("A/b.png"));
  world.expectInStep();
}

TEST_F(Endpoints, U19U37U38UploadRefusesWhatItCannotTake) {
  auto client = connect();
  client.send(
      "POST /api/crm/storage/upload HTTP/1.1\r\nHost: h\r\nContent-Length: 10000000\r\n\r\n");
  EXPECT_EQ(client.receive().status, 413);

  EXPECT_EQ(post("/api/crm/storage/upload", "{}").status, 415);
  EXPECT_EQ(upload(FormBody().file("a", "x"), "Content-Encoding: gzip\r\n").status, 415);
  EXPECT_EQ(upload(FormBody().field("path", "A")).status, 400);
  EXPECT_EQ(upload(FormBody().file("a", "x")).status, 400);
  EXPECT_EQ(upload(FormBody().field("path", "../A").file("a", "x")).status, 400);
  EXPECT_EQ(connect().exchange("POST", "/api/crm/storage/upload", FormBody::kContentType).status,
            411);
  EXPECT_THAT(world.files(), IsEmpty());
}

TEST_F(Endpoints, U31UploadTellsWhatTheStorageSays) {
  world.failAt("before commit", StorageErrc::InsufficientStorage);

  EXPECT_EQ(upload(FormBody().field("path", "A").file("a", "x")).status, 507);
}

TEST_F(Endpoints, LogWhatOurAccountLacksAtTheStorage) {
  LogCapture log("http");
  world.failAt("before commit", StorageErrc::PermissionDenied);

  const auto answer = upload(FormBody().field("path", "A").file("a", "x"));

  EXPECT_EQ(answer.status, 403);
  EXPECT_EQ(log.await("permission_denied", 1), 1U);
}

TEST_F(Endpoints, B01B06BrowseListsAFolder) {
  world.upload("a.png", {.folder = "A"_path});
  world.put("A/b.png"_path);

  const auto plain = get("/api/crm/storage/browse?path=A");
  const auto joined = get("/api/crm/storage/browse?path=A&include=media");

  EXPECT_EQ(plain.status, 200);
  EXPECT_THAT(plain.body, HasSubstr("\"path\":\"A/a.png\""));
  EXPECT_THAT(plain.body, Not(HasSubstr("\"media\"")));
  EXPECT_THAT(joined.body, HasSubstr("\"media\":{\"id\""));
  EXPECT_THAT(joined.body, HasSubstr("\"media\":null"));
  EXPECT_EQ(get("/api/crm/storage/browse").body, get("/api/crm/storage/browse?path=/").body);
}

TEST_F(Endpoints, BrowseSaysWhenNothingHasChanged) {
  world.upload("a.png", {.folder = "A"_path});
  const std::string target = "/api/crm/storage/browse?path=A&include=media";
  const std::string condition = "If-None-Match: " + get(target).header("ETag") + "\r\n";

  EXPECT_EQ(get(target, condition).status, 304);
  world.put("A/b.png"_path);
  EXPECT_EQ(get(target, condition).status, 200);
}

TEST_F(Endpoints, BrowseGoesOnWhereThePageEnded) {
  for (const char* name : {"a", "b", "c"}) {
    world.put(StoragePath::parse(std::string("A/") + name));
  }
  const auto first = get("/api/crm/storage/browse?path=A&limit=2");
  const std::string link = first.header("Link");
  ASSERT_THAT(link, testing::EndsWith(">; rel=\"next\""));

  const auto second = get(link.substr(1, link.find('>') - 1));

  EXPECT_THAT(second.body, HasSubstr("\"path\":\"A/c\""));
  EXPECT_THAT(second.body, Not(HasSubstr("\"path\":\"A/b\"")));
  EXPECT_FALSE(second.headers.has("Link"));
  EXPECT_EQ(get("/api/crm/storage/browse?path=A&limit=2&cursor=forged").status, 400);
}

TEST_F(Endpoints, B02B03BrowseTellsWhatIsNoFolder) {
  world.put("a"_path);

  EXPECT_EQ(get("/api/crm/storage/browse?path=a").status, 409);
  EXPECT_EQ(get("/api/crm/storage/browse?path=b").status, 404);
  EXPECT_EQ(get("/api/crm/storage/browse?depth=4").status, 400);
  EXPECT_EQ(get("/api/crm/storage/browse?sort=color").status, 400);
}

TEST_F(Endpoints, B14B15B20DeleteRemovesFileAndRecord) {
  world.upload("a.png", {.folder = "A"_path});
  auto client = connect();

  EXPECT_EQ(client.exchange("DELETE", fileTarget("A/a.png")).status, 204);
  EXPECT_EQ(client.exchange("GET", fileTarget("A/a.png")).status, 404);
  EXPECT_EQ(client.exchange("DELETE", fileTarget("A/a.png")).status, 404);
  EXPECT_THAT(world.records(), IsEmpty());
}

TEST_F(Endpoints, C20DeleteHeedsConditions) {
  const auto record = world.upload("a.png", {.folder = "A"_path});
  auto client = connect();

  EXPECT_EQ(client.exchange("DELETE", fileTarget("A/a.png"), "If-Match: \"zz\"\r\n").status, 412);
  EXPECT_THAT(world.records(), ElementsAre("A/a.png"));
  const std::string right = "If-Match: " + record.etag->str() + "\r\n";
  EXPECT_EQ(client.exchange("DELETE", fileTarget("A/a.png"), right).status, 204);
}

TEST_F(Endpoints, X60DeletesByMethodOnly) {
  world.put("a"_path);

  get(fileTarget("a") + "&_method=DELETE", "X-HTTP-Method-Override: DELETE\r\n");

  EXPECT_THAT(world.files(), ElementsAre("a"));
}

TEST_F(Endpoints, FoldersAreMadeOnceAndDeletedWhenEmpty) {
  EXPECT_EQ(post("/api/crm/storage/folder", R"({"path":"A/B"})").status, 201);
  EXPECT_EQ(post("/api/crm/storage/folder", R"({"path":"A/B"})").status, 200);
  EXPECT_EQ(post("/api/crm/storage/folder", R"({"path":"A","mode":1})").status, 400);
  EXPECT_EQ(post("/api/crm/storage/folder", R"({"path":"../A"})").status, 400);
  EXPECT_EQ(connect().exchange("DELETE", fileTarget("A")).status, 409);
  EXPECT_EQ(connect().exchange("DELETE", fileTarget("A") + "&recursive=1").status, 204);
}

TEST_F(Endpoints, MoveTakesTheRecordAlong) {
  world.upload("a.png", {.folder = "A"_path});
  world.put("A/b.png"_path);

  EXPECT_EQ(post("/api/crm/storage/move", R"({"from":"A/a.png","to":"A/b.png"})").status, 409);
  const auto moved = post("/api/crm/storage/move", R"({"from":"A/a.png","to":"B/c.png"})");

  EXPECT_EQ(moved.status, 200);
  EXPECT_THAT(moved.body, HasSubstr("\"path\":\"B/c.png\""));
  EXPECT_THAT(world.records(), ElementsAre("B/c.png"));
}

TEST_F(Endpoints, RecordsAreMadeChangedAndErasedByThemselves) {
  world.put("A/a.png"_path);
  auto client = connect();

  const auto made = client.exchange("POST", "/api/crm/media", kJson,
                                    R"({"nextcloud_path":"A/a.png","customer_id":"c"})");
  const std::string target = made.header("Location");
  const auto changed =
      client.exchange("PATCH", target, kJson, R"({"customer_id":null,"tags":["x"]})");

  EXPECT_EQ(made.status, 201);
  EXPECT_THAT(changed.body, HasSubstr("\"customer_id\":null"));
  EXPECT_THAT(changed.body, HasSubstr("\"tags\":[\"x\"]"));
  EXPECT_EQ(client.exchange("GET", target).body, changed.body);
  EXPECT_EQ(client.exchange("PATCH", target, kJson, R"({"id":"x"})").status, 400);
  EXPECT_EQ(client.exchange("DELETE", target).status, 204);
  EXPECT_EQ(client.exchange("GET", target).status, 404);
  EXPECT_THAT(world.files(), ElementsAre("A/a.png"));
}

TEST_F(Endpoints, RecordsAreListedPageByPage) {
  for (const char* name : {"a", "b", "c"}) {
    world.upload(name, {.folder = "A"_path, .texts = {.customerId = "c"}});
  }

  const auto first = get("/api/crm/media?customer_id=c&limit=2");
  const std::string link = first.header("Link");
  ASSERT_THAT(link, HasSubstr("cursor="));
  const auto second = get(link.substr(1, link.find('>') - 1));

  EXPECT_THAT(first.body, HasSubstr("\"filename\":\"c\""));
  EXPECT_THAT(second.body, HasSubstr("\"filename\":\"a\""));
  EXPECT_THAT(second.body, Not(HasSubstr("\"filename\":\"b\"")));
  EXPECT_EQ(get("/api/crm/media?customer_id=other").body, "[]");
  EXPECT_EQ(get("/api/crm/media?direction=up").status, 400);
}

TEST_F(Endpoints, LimitsTellAClientWhatItMayDo) {
  const auto answer = get("/api/crm/storage/limits");

  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.body, HasSubstr("\"max_upload_bytes\":1000000"));
  EXPECT_THAT(answer.body, HasSubstr("\"writable\":true"));
}

TEST_F(Endpoints, HealthAndReadinessAnswer) {
  EXPECT_EQ(get("/healthz").status, 200);
  EXPECT_EQ(get("/readyz").status, 200);
}

TEST_F(Endpoints, VerboseReadinessTellsAbilitiesAndTheirEvidence) {
  EXPECT_EQ(get("/readyz").body, R"({"status":"ready"})");

  const auto answer = get("/readyz?verbose=1");

  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.body, HasSubstr(R"("abilities":["range_read",)"));
  EXPECT_THAT(answer.body, HasSubstr(R"({"ability":"case_sensitive","asked":"the tree's own )"
                                     R"(comparison","answered":"byte for byte","at":"1970-)"));
  EXPECT_EQ(get("/readyz?verbose=maybe").status, 400);
}

}  // namespace
}  // namespace mediadock::http
