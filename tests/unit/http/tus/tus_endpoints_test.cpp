/// \file
/// tus 1.0.0 over a storage in memory, spoken over a socket.

#include "http/syntax/digest.h"
#include "http/syntax/http_date.h"
#include "unit/http/tus/tus_fixture.h"

#include <gmock/gmock.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <thread>

namespace mediadock::http {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

/// Asks again until it is so, ten seconds at most.
bool eventually(const std::function<bool()>& isSo) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!isSo()) {
    if (std::chrono::steady_clock::now() > end) {
      return false;
    }
    std::this_thread::yield();
  }
  return true;
}

TEST_F(Tus, U40TellsWhatItSpeaks) {
  for (const std::string& target : {std::string(kUploads), kUploads + std::string("/any")}) {
    const auto answer = HttpClient(server->url()).exchange("OPTIONS", target);

    EXPECT_EQ(answer.status, 204);
    EXPECT_EQ(answer.header("Tus-Version"), "1.0.0");
    EXPECT_EQ(answer.header("Tus-Resumable"), "1.0.0");
    EXPECT_EQ(answer.header("Tus-Extension"),
              "creation,creation-with-upload,termination,expiration,checksum");
    EXPECT_EQ(answer.header("Tus-Checksum-Algorithm"), "sha1,sha256");
    EXPECT_EQ(answer.header("Tus-Max-Size"), "1000000");
    EXPECT_THAT(answer.header("Allow"), HasSubstr("OPTIONS"));
  }
}

TEST_F(Tus, TakesAPieceByPostFromClientsThatCannotPatch) {
  const auto upload = begin(7);

  const auto first = exchange(
      "POST", upload,
      kContent + std::string("Upload-Offset: 0\r\nX-HTTP-Method-Override: PATCH\r\n"), "con");
  EXPECT_EQ(first.status, 204);
  EXPECT_EQ(first.header("Upload-Offset"), "3");

  EXPECT_EQ(exchange("POST", upload, "X-HTTP-Method-Override: DELETE\r\n").status, 204);
  EXPECT_EQ(exchange("HEAD", upload).status, 404);
}

TEST_F(Tus, HeedsAnotherMethodForNothingElse) {
  const auto upload = begin(7);

  for (const char* method : {"HEAD", "GET", "PUT", "patch", ""}) {
    EXPECT_EQ(
        exchange("POST", upload, "X-HTTP-Method-Override: " + std::string(method) + "\r\n").status,
        405)
        << method;
  }
  const std::string twice = "X-HTTP-Method-Override: DELETE\r\n";
  EXPECT_EQ(exchange("POST", upload, twice + twice).status, 405);
  EXPECT_EQ(exchange("GET", upload, twice).status, 405);
  world.put(StoragePath::parse("folder/b.txt"));
  for (const char* target : {"/api/crm/storage/file?path=folder/b.txt", "/api/crm/media/some-id"}) {
    EXPECT_EQ(exchange("POST", target, twice).status, 405) << target;
  }
  EXPECT_EQ(exchange("HEAD", upload).status, 200);
}

TEST_F(Tus, U40TakesAFileInPieces) {
  const auto created = create(7);
  EXPECT_EQ(created.status, 201);
  EXPECT_EQ(created.header("Tus-Resumable"), "1.0.0");
  EXPECT_EQ(created.header("Upload-Offset"), "0");
  const auto upload = created.header("Location");
  ASSERT_THAT(upload, StartsWith(std::string(kUploads) + "/"));

  const auto first = append(upload, 0, "con");
  EXPECT_EQ(first.status, 204);
  EXPECT_EQ(first.header("Upload-Offset"), "3");
  EXPECT_TRUE(parseHttpDate(first.header("Upload-Expires")));
  EXPECT_THAT(world.files(), IsEmpty());
  const auto last = append(upload, 3, "tent");

  EXPECT_EQ(last.status, 201);
  EXPECT_EQ(last.header("Upload-Offset"), "7");
  EXPECT_THAT(last.header("Location"), HasSubstr("file?path=folder%2Fa.txt"));
  EXPECT_THAT(last.body, HasSubstr("\"nextcloud_path\":\"folder/a.txt\""));
  EXPECT_EQ(world.contentOf("folder/a.txt"_path), "content");
  world.expectInStep();
}

TEST_F(Tus, U40TellsTheOffset) {
  const auto upload = begin(7);
  append(upload, 0, "con");

  const auto answer = exchange("HEAD", upload);

  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Upload-Offset"), "3");
  EXPECT_EQ(answer.header("Upload-Length"), "7");
  EXPECT_EQ(answer.header("Upload-Metadata"), kMetadata);
  EXPECT_EQ(answer.header("Cache-Control"), "no-store");
  EXPECT_TRUE(parseHttpDate(answer.header("Upload-Expires")));
}

TEST_F(Tus, AnswersUnderTheOldNameToo) {
  const auto created =
      exchange("POST", "/api/crm/nextcloud/uploads",
               std::string("Upload-Length: 7\r\nUpload-Metadata: ") + kMetadata + "\r\n");

  ASSERT_THAT(created.header("Location"), StartsWith("/api/crm/nextcloud/uploads/"));
  EXPECT_EQ(append(created.header("Location"), 0, "content").status, 201);
}

TEST_F(Tus, TakesTheFieldsOfAForm) {
  // on_conflict=replace, customer_id=acme, tags=a,b, direction=sent
  world.put("folder/a.txt"_path, "old");

  const auto answer =
      append(begin(7, std::string(kMetadata) + ",on_conflict cmVwbGFjZQ==,customer_id YWNtZQ==,"
                                               "tags YSxi,direction c2VudA==,unknown eA=="),
             0, "content");

  EXPECT_THAT(answer.body, HasSubstr("\"customer_id\":\"acme\""));
  EXPECT_THAT(answer.body, HasSubstr("\"tags\":[\"a\",\"b\"]"));
  EXPECT_THAT(answer.body, HasSubstr("\"direction\":\"sent\""));
  EXPECT_EQ(world.contentOf("folder/a.txt"_path), "content");
}

TEST_F(Tus, TakesTheFirstPieceWithTheCreation) {
  const auto some = create(7, kMetadata, kContent, "con");
  EXPECT_EQ(some.status, 201);
  EXPECT_EQ(some.header("Upload-Offset"), "3");
  EXPECT_EQ(append(some.header("Location"), 3, "tent").status, 201);

  const auto all = create(7, kMetadata, kContent, "content");

  EXPECT_EQ(all.status, 201);
  EXPECT_EQ(all.header("Upload-Offset"), "7");
  EXPECT_THAT(all.header("Location"), StartsWith(kUploads));
  EXPECT_THAT(all.body, HasSubstr("folder/a (2).txt"));
  world.expectInStep();
}

TEST_F(Tus, MakesAnEmptyFileAtOnce) {
  const auto answer = create(0);

  EXPECT_EQ(answer.status, 201);
  EXPECT_EQ(answer.header("Upload-Offset"), "0");
  EXPECT_EQ(world.contentOf("folder/a.txt"_path), "");
  EXPECT_EQ(offsetOf(answer.header("Location")), "0");
  world.expectInStep();
}

TEST_F(Tus, AnswersBrieflyToWhoPrefersIt) {
  const auto answer = append(begin(7), 0, "content", "Prefer: return=minimal\r\n");

  EXPECT_EQ(answer.status, 204);
  EXPECT_THAT(answer.header("Location"), HasSubstr("a.txt"));
}

TEST_F(Tus, AnswersAgainWhatItAnsweredAtTheEnd) {
  const auto upload = begin(7);
  const auto last = append(upload, 0, "content");
  EXPECT_EQ(offsetOf(upload), "7");

  const auto again = append(upload, 7, "");

  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.body, last.body);
  EXPECT_EQ(append(upload, 7, "more").status, 413);
}

TEST_F(Tus, U40TakesAPieceOfTheRightChecksum) {
  const auto upload = begin(7);

  EXPECT_EQ(append(upload, 0, "content", std::string("Upload-Checksum: ") + kSha1 + "\r\n").status,
            201);
}

TEST_F(Tus, U40DropsAPieceOfAnotherChecksum) {
  const auto upload = begin(10);
  append(upload, 0, "one");

  const auto answer =
      append(upload, 3, "CONTENT", std::string("Upload-Checksum: ") + kSha1 + "\r\n");

  EXPECT_EQ(answer.status, 460);
  EXPECT_EQ(offsetOf(upload), "3");
  EXPECT_EQ(append(upload, 3, "content").status, 201);
  EXPECT_EQ(world.contentOf("folder/a.txt"_path), "onecontent");
  world.expectInStep();
}

TEST_F(Tus, U40ForgetsATerminatedUpload) {
  const auto upload = begin(7);
  append(upload, 0, "con");

  EXPECT_EQ(exchange("DELETE", upload).status, 204);

  EXPECT_EQ(exchange("HEAD", upload).status, 404);
  EXPECT_EQ(append(upload, 3, "tent").status, 404);
  EXPECT_EQ(exchange("DELETE", upload).status, 404);
  EXPECT_THAT(world.files(), IsEmpty());
}

TEST_F(Tus, U40KnowsNoUploadThatNobodyBegan) {
  EXPECT_EQ(exchange("HEAD", std::string(kUploads) + "/0123456789abcdef0123456789abcdef").status,
            404);
}

TEST_F(Tus, KeepsWhatArrivedOfAPieceThatBreaksOff) {
  const auto upload = begin(100000);
  const std::string arrived(70000, 'x');

  appendBrokenOff(upload, arrived);

  EXPECT_TRUE(eventually([&] { return offsetOf(upload) == "70000"; })) << offsetOf(upload);
  EXPECT_EQ(append(upload, 70000, std::string(30000, 'y')).status, 201);
  EXPECT_EQ(world.contentOf("folder/a.txt"_path), arrived + std::string(30000, 'y'));
  world.expectInStep();
}

TEST_F(Tus, DropsAPieceThatBreaksOffBeforeItsChecksumCanBeHeldToIt) {
  const auto upload = begin(100000);

  appendBrokenOff(upload, std::string(70000, 'x'),
                  std::string("Upload-Checksum: ") + kSha1 + "\r\n");

  EXPECT_TRUE(eventually([&] { return append(upload, 0, "con").status == 204; }));
  EXPECT_EQ(offsetOf(upload), "3");
}

TEST_F(Tus, LetsAnotherRequestTakeOver) {
  const auto upload = begin(100000);
  HttpClient stale(server->url());
  stale.send("PATCH " + upload + " HTTP/1.1\r\nHost: h\r\n" + kVersion + kContent +
             "Upload-Offset: 0\r\nContent-Length: 100000\r\nExpect: 100-continue\r\n\r\n");
  ASSERT_EQ(stale.receive().status, 100);
  // Ends with 409, for the one before has kept what came.
  std::jthread next([&] { EXPECT_EQ(append(upload, 0, "new").status, 409); });

  // Whatever comes in shows the first request that another one waits.
  do {
    stale.send("x");
  } while (!stale.hasAnswer(std::chrono::milliseconds(10)));
  EXPECT_EQ(stale.receive().status, 409);
  next.join();

  const auto offset = std::stoull(offsetOf(upload));
  EXPECT_GT(offset, 0U);
  EXPECT_EQ(append(upload, offset, std::string(100000 - offset, 'y')).status, 201);
}

/// Uploads that expire as they begin.
class ExpiredTus : public Tus {
 protected:
  ExpiredTus() : Tus("", std::chrono::seconds(-1)) {}
};

TEST_F(ExpiredTus, U40AreGone) {
  const auto upload = begin(7);

  EXPECT_EQ(exchange("HEAD", upload).status, 410);
  EXPECT_EQ(append(upload, 0, "con").status, 410);
}

TEST_F(Tus, ManyUnfinishedOnesAreRefusedUntilOneIsGone) {
  world.resumable.perOwner.uploads = 2;
  restart();
  const auto first = begin(7);
  begin(7);

  const auto refused = create(7);
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.header("Retry-After"), "60");
  EXPECT_EQ(refused.header("Tus-Resumable"), "1.0.0");
  EXPECT_THAT(refused.body, HasSubstr("2 unfinished uploads"));
  exchange("DELETE", first);

  EXPECT_EQ(create(7).status, 201);
}

TEST_F(Tus, UnfinishedOnesAreRefusedMoreBytesThanTheirOwnerMayHave) {
  world.resumable.perOwner.bytes = 100000;
  restart();
  const auto one = begin(100000);
  const auto other = begin(100000);
  EXPECT_EQ(append(one, 0, std::string(60000, 'x')).status, 204);
  EXPECT_EQ(append(other, 0, std::string(30000, 'x')).status, 204);

  const auto refused = append(other, 30000, std::string(10001, 'x'));

  EXPECT_EQ(refused.status, 507);
  EXPECT_THAT(refused.body, HasSubstr("100000 bytes"));
  EXPECT_EQ(offsetOf(other), "30000");
  EXPECT_EQ(create(100001).status, 413);
}

/// Over a storage that cannot keep unfinished writes.
class TusOverSpool : public Tus {
 protected:
  TusOverSpool() : Tus("write_resume") {}
};

TEST_F(TusOverSpool, U40TakesAFileInPieces) {
  const auto upload = begin(7);

  EXPECT_EQ(append(upload, 0, "con").status, 204);
  EXPECT_EQ(append(upload, 3, "tent").status, 201);

  EXPECT_EQ(world.contentOf("folder/a.txt"_path), "content");
  world.expectInStep();
}

}  // namespace
}  // namespace mediadock::http
