/// \file
/// A caller who began something, and since reaches less.

#include "media/uploads/repeatable_upload.h"
#include "unit/http/access/access_fixture.h"

#include <gmock/gmock.h>

namespace mediadock::http {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kUploads = "/api/crm/storage/uploads";
constexpr const char* kTus = "Tus-Resumable: 1.0.0\r\n";
constexpr const char* kPiece = "Content-Type: application/offset+octet-stream\r\n";
/// `a.txt` for `A/B`.
constexpr const char* kMetadata = "Upload-Metadata: filename YS50eHQ=,nextcloud_path QS9C\r\n";

class NarrowedCaller : public Access {
 protected:
  std::string begin() const {
    return send("POST", kUploads, kTus + wide + "Upload-Length: 7\r\n" + kMetadata)
        .header("Location");
  }

  HttpAnswer append(const std::string& upload, const std::string& caller, int offset,
                    const std::string& bytes) const {
    return send("PATCH", upload,
                kTus + caller + kPiece + "Upload-Offset: " + std::to_string(offset) + "\r\n",
                bytes);
  }

  void expectOutOfReach(const std::string& upload, int offset, const std::string& bytes) const {
    const auto piece = append(upload, narrow, offset, bytes);
    EXPECT_EQ(piece.status, 404) << piece.body;
    EXPECT_THAT(piece.body, Not(HasSubstr("A/B")));
    const auto head = send("HEAD", upload, kTus + narrow);
    EXPECT_EQ(head.status, 404);
    EXPECT_FALSE(head.headers.has("Upload-Metadata"));
    EXPECT_EQ(send("DELETE", upload, kTus + narrow).status, 404);
  }

  const std::string wide = withPaths(R"(["A"])");
  const std::string narrow = withPaths(R"(["A/C"])");
};

TEST_F(NarrowedCaller, ReachesNoUploadIntoAFolderOutOfReach) {
  const auto upload = begin();
  append(upload, wide, 0, "con");

  expectOutOfReach(upload, 3, "tent");

  EXPECT_EQ(send("HEAD", upload, kTus + wide).header("Upload-Offset"), "3");
  EXPECT_EQ(append(upload, wide, 3, "tent").status, 201);
}

TEST_F(NarrowedCaller, ReachesNoFinishedUploadOutOfReach) {
  const auto upload = begin();
  EXPECT_EQ(append(upload, wide, 0, "content").status, 201);

  expectOutOfReach(upload, 7, "");

  EXPECT_EQ(append(upload, wide, 7, "").status, 201);
}

TEST_F(NarrowedCaller, SeesNoRecordOfAFinishedUploadThatWasMovedOutOfReach) {
  const std::string inside = withPaths(R"(["A/B"])");
  const auto upload = begin();
  append(upload, inside, 0, "content");
  world.service->move("A/B/a.txt"_path, "A/C/a.txt"_path, world.context);

  const auto answer = append(upload, inside, 7, "");

  EXPECT_EQ(answer.status, 403);
  EXPECT_THAT(answer.body, Not(HasSubstr("A/C")));
}

TEST_F(NarrowedCaller, GetsNoAnswerOfAnUploadThatWasRepeatedOutOfReach) {
  const auto upload = [&](const std::string& caller) {
    return send("POST", "/api/crm/storage/upload",
                FormBody::kContentType + caller + "Idempotency-Key: once\r\n",
                FormBody().field("path", "A/B").file("a.txt", "content").str());
  };
  EXPECT_EQ(upload(wide).status, 201);

  EXPECT_EQ(upload(narrow).status, 403);
  EXPECT_EQ(upload(wide).status, 201);
  EXPECT_THAT(world.files(), ElementsAre("A/B/a.txt", "A/B/in.bin", "A/C/out.bin"));
}

TEST_F(NarrowedCaller, RemovesNoRemainsOfABrokenUploadOutOfReach) {
  const auto upload = [&](const std::string& caller, const std::string& folder) {
    FormBody form;
    form.field("path", folder).file("a.txt", "content").file("b.txt", "more");
    return send("POST", "/api/crm/storage/upload",
                FormBody::kContentType + caller + "Idempotency-Key: once\r\n", form.str());
  };
  {
    // As a host that died behind the first of two files leaves it.
    const auto key = world.service->startRepeatable("anna", "once", world.context);
    world.upload("a.txt", {.folder = "A/B"_path, .uploadId = key->id()});
  }

  EXPECT_EQ(upload(narrow, "A/C").status, 403);

  EXPECT_THAT(world.files(), ElementsAre("A/B/a.txt", "A/B/in.bin", "A/C/out.bin"));
}

}  // namespace
}  // namespace mediadock::http
