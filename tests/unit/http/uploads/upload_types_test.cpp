/// \file
/// Uploads of files that are not what they are called, or not wanted.

#include "support/file_beginnings.h"
#include "unit/http/endpoints_fixture.h"

#include <gmock/gmock.h>

namespace mediadock::http {
namespace {

using namespace beginnings;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

FormBody formOf(const std::string& name, const std::string& content, const std::string& type) {
  return FormBody().field("path", "A").file(name, content, "Content-Type: " + type + "\r\n");
}

TEST_F(Endpoints, U26UploadRefusesAPictureThatIsAPage) {
  const auto answer = upload(formOf("a.png", kHtml, "image/png"));

  EXPECT_EQ(answer.status, 415) << answer.body;
  EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
  EXPECT_THAT(answer.body, HasSubstr("its bytes are text/html"));
  EXPECT_THAT(world.files(), IsEmpty());
  EXPECT_EQ(upload(formOf("a.html", kHtml, "text/html")).status, 201);
  world.expectInStep();
}

TEST_F(Endpoints, U26UploadOfSeveralFilesRefusesAllForOne) {
  const auto form = formOf("a.png", kPng, "image/png").file("b.png", kHtml).file("c.png", kPng);

  EXPECT_EQ(upload(form).status, 415);

  EXPECT_THAT(world.files(), IsEmpty());
  world.expectInStep();
}

TEST_F(Endpoints, U26UploadDecidesBeforeALongFileHasArrived) {
  auto client = connect();
  const std::string start =
      "--b0undary\r\nContent-Disposition: form-data; name=\"file\"; "
      "filename=\"a.png\"\r\n\r\n" +
      kHtml + std::string(70000, ' ');
  client.send("POST /api/crm/storage/upload HTTP/1.1\r\nHost: h\r\n" +
              std::string(FormBody::kContentType) + "Content-Length: 900000\r\n\r\n" + start);

  EXPECT_EQ(client.receive().status, 415);
}

class EndpointsThatDeny : public Endpoints {
 protected:
  EndpointsThatDeny() : Endpoints("", "text/html, application/x-dosexec") {}
};

TEST_F(EndpointsThatDeny, U27UploadNamesWhatIsDenied) {
  const auto answer = upload(formOf("a.html", "x", "application/octet-stream"));

  EXPECT_EQ(answer.status, 415);
  EXPECT_THAT(answer.body, HasSubstr("denied are text/html application/x-dosexec"));
  EXPECT_EQ(upload(formOf("a.bin", kHtml, "application/octet-stream")).status, 415);
  EXPECT_EQ(upload(formOf("a.bin", kWindowsProgram, "application/octet-stream")).status, 415);
  EXPECT_EQ(upload(formOf("a", "x", "text/html")).status, 415);
  EXPECT_EQ(upload(formOf("a.png", kPng, "image/png")).status, 201);
  EXPECT_THAT(world.files(), ElementsAre("A/a.png"));
  world.expectInStep();
}

std::string moveOf(const std::string& from, const std::string& to) {
  return R"({"from":")" + from + R"(","to":")" + to + "\"}";
}

TEST_F(EndpointsThatDeny, MoveGivesNoNameOfATypeThatIsDenied) {
  upload(formOf("ok.txt", "plain words", "text/plain"));
  for (const std::string to : {"A/ok.html", "A/OK.HTM", "B/ok.shtml", "A/ok.exe"}) {
    const auto answer = post("/api/crm/storage/move", moveOf("A/ok.txt", to));

    EXPECT_EQ(answer.status, 415) << to;
    EXPECT_THAT(answer.body, HasSubstr("denied are"));
  }
  EXPECT_EQ(post("/api/crm/storage/move", moveOf("A/ok.txt", "A/ok.md")).status, 200);
  EXPECT_THAT(world.files(), ElementsAre("A/ok.md"));
  world.expectInStep();
}

TEST_F(EndpointsThatDeny, MoveLetsFilesOfADeniedTypeKeepIt) {
  world.put("A/page.html"_path, kHtml);

  EXPECT_EQ(post("/api/crm/storage/move", moveOf("A/page.html", "A/other.htm")).status, 200);
  EXPECT_EQ(post("/api/crm/storage/move", moveOf("A", "folder.html")).status, 200);
  EXPECT_EQ(post("/api/crm/storage/move", moveOf("folder.html/other.htm", "a.txt")).status, 415)
      << "its bytes are denied, too";
  EXPECT_THAT(world.files(), ElementsAre("folder.html/other.htm"));
}

TEST_F(Endpoints, MoveGivesAPageNoNameOfAPicture) {
  for (const std::string& content : {kHtml, kHtml + std::string(10000, ' ')}) {
    upload(FormBody().field("path", "A").field("on_conflict", "replace").file("a.html", content));

    EXPECT_EQ(post("/api/crm/storage/move", moveOf("A/a.html", "A/a.png")).status, 415);
    EXPECT_EQ(post("/api/crm/storage/move", moveOf("A/a.html", "A/b.txt")).status, 200);
    EXPECT_EQ(post("/api/crm/storage/move", moveOf("A/b.txt", "A/b.mp4")).status, 415);
    connect().exchange("DELETE", fileTarget("A/b.txt"));
  }
  upload(formOf("c.txt", kPng, "text/plain"));
  EXPECT_EQ(post("/api/crm/storage/move", moveOf("A/c.txt", "A/c.png")).status, 200);
  upload(formOf("empty.txt", "", "text/plain"));
  EXPECT_EQ(post("/api/crm/storage/move", moveOf("A/empty.txt", "A/empty.png")).status, 200);
  world.expectInStep();
}

TEST_F(EndpointsThatDeny, LimitsTellTheDeniedTypes) {
  EXPECT_THAT(get("/api/crm/storage/limits").body,
              HasSubstr(R"("denied_types":["text/html","application/x-dosexec"])"));
}

TEST_F(Endpoints, X28UploadLeavesDirectionMarksOutOfTheName) {
  const auto answer = upload(formOf("photo\u202Egpj.exe", "x", "image/jpeg"));

  EXPECT_EQ(answer.status, 201);
  EXPECT_THAT(world.files(), ElementsAre("A/photogpj.exe"));
}

TEST_F(Endpoints, X14UploadRefusesReservedNames) {
  EXPECT_EQ(upload(formOf(".mediadock-tmp-x", "x", "text/plain")).status, 400);
  EXPECT_THAT(world.files(), IsEmpty());
}

}  // namespace
}  // namespace mediadock::http
