/// \file
/// The files of a form: how large they may be together, and inputs that have none.

#include "http/uploads/multipart_reader.h"
#include "unit/http/endpoints_fixture.h"

#include <gmock/gmock.h>

namespace mediadock::http {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::size_t kMost = 1000000;

FormBody formIn(const std::string& folder) {
  return FormBody().field("path", folder);
}

TEST_F(Endpoints, UploadMayHaveTheBytesThatLimitsTell) {
  EXPECT_THAT(get("/api/crm/storage/limits").body, HasSubstr("\"max_upload_bytes\":1000000,"));

  EXPECT_EQ(upload(formIn("A").file("a", std::string(kMost, 'x'))).status, 201);
  const auto answer = upload(formIn("A").file("b", std::string(kMost + 1, 'x')));

  EXPECT_EQ(answer.status, 413);
  EXPECT_THAT(answer.body, HasSubstr("1000000 bytes"));
  EXPECT_THAT(world.files(), ElementsAre("A/a"));
  world.expectInStep();
}

TEST_F(Endpoints, UploadOfSeveralFilesMayHaveTheBytesTogether) {
  const std::string half(kMost / 2, 'x');

  EXPECT_EQ(upload(formIn("A").file("a", half).file("b", half)).status, 201);
  EXPECT_EQ(upload(formIn("B").file("a", half).file("b", half + "x")).status, 413);
  EXPECT_EQ(upload(formIn("B").file("a", half + "x").file("b", half)).status, 413);

  EXPECT_THAT(world.files(), ElementsAre("A/a", "A/b"));
  world.expectInStep();
}

TEST_F(Endpoints, UploadMayHaveTheLongestFieldsBesideTheLargestFile) {
  FormBody form = formIn("A");
  for (std::size_t i = 2; i < MultipartReader::kMaxParts; ++i) {
    form.field("unknown", std::string(MultipartReader::kMaxFieldBytes, 'f'));
  }

  EXPECT_EQ(upload(form.file("a", std::string(kMost, 'x'))).status, 201);
}

TEST_F(Endpoints, UploadThatAnnouncesTooMuchIsRefusedBeforeItArrives) {
  const std::string disposition = "--b0undary\r\nContent-Disposition: form-data; ";
  const std::string file = disposition + "name=\"file\"; filename=\"a\"\r\n";
  const std::string size = disposition + "name=\"size\"\r\n\r\n1000001\r\n";
  for (const std::string& start :
       {file + "Content-Length: 1000001\r\n\r\n", size + file + "\r\n"}) {
    auto client = connect();
    client.send("POST /api/crm/storage/upload HTTP/1.1\r\nHost: h\r\n" +
                std::string(FormBody::kContentType) + "Content-Length: 1000900\r\n\r\n" + start +
                std::string(70000, 'x'));

    EXPECT_EQ(client.receive().status, 413) << start;
  }
}

TEST_F(Endpoints, UploadPassesOverInputsThatWereLeftEmpty) {
  const auto answer = upload(formIn("A")
                                 .file("a.txt", "content")
                                 .file("", "", "Content-Type: application/octet-stream\r\n")
                                 .file("b.txt", "content"));

  EXPECT_EQ(answer.status, 201) << answer.body;
  EXPECT_THAT(world.files(), ElementsAre("A/a.txt", "A/b.txt"));
  world.expectInStep();
}

TEST_F(Endpoints, UploadPassesOverEmptyInputsOfOtherNames) {
  const std::string form =
      "--b0undary\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"\"\r\n"
      "Content-Type: application/octet-stream\r\n\r\n\r\n" +
      formIn("A").file("a.txt", "content").str();

  EXPECT_EQ(
      connect().exchange("POST", "/api/crm/storage/upload", FormBody::kContentType, form).status,
      201);
  EXPECT_THAT(world.files(), ElementsAre("A/a.txt"));
}

TEST_F(Endpoints, UploadWithoutAnyFileIsRefused) {
  EXPECT_THAT(upload(formIn("A").file("", "")).body, HasSubstr("no part 'file' with a file"));
  EXPECT_EQ(upload(formIn("A")).status, 400);
  EXPECT_THAT(upload(formIn("A").file("", "content")).body, HasSubstr("but no file name"));
  EXPECT_THAT(world.files(), IsEmpty());
}

}  // namespace
}  // namespace mediadock::http
