/// \file
/// What a tus upload does not take.

#include "unit/http/tus/tus_fixture.h"

#include <gmock/gmock.h>

#include <string>

namespace mediadock::http {
namespace {

TEST_F(Tus, U40RefusesAnotherOffset) {
  const auto upload = begin(7);
  append(upload, 0, "con");

  const auto answer = append(upload, 4, "ent");

  EXPECT_EQ(answer.status, 409);
  EXPECT_EQ(answer.header("Tus-Resumable"), "1.0.0");
  EXPECT_EQ(offsetOf(upload), "3");
}

TEST_F(Tus, U40RefusesAnotherTypeOfContent) {
  const auto upload = begin(7);

  EXPECT_EQ(exchange("PATCH", upload,
                     "Content-Type: application/octet-stream\r\nUpload-Offset: 0\r\n", "con")
                .status,
            415);
  EXPECT_EQ(exchange("PATCH", upload, "Upload-Offset: 0\r\n", "con").status, 415);
  EXPECT_EQ(create(7, kMetadata, "Content-Type: text/plain\r\n", "con").status, 415);
}

TEST_F(Tus, U40RefusesAnotherVersion) {
  const auto upload = begin(7);
  for (const std::string version : {"", "Tus-Resumable: 0.2.2\r\n"}) {
    for (const std::string method : {"HEAD", "PATCH", "DELETE"}) {
      const auto answer = HttpClient(server->url()).exchange(method, upload, version);

      EXPECT_EQ(answer.status, 412) << method << version;
      EXPECT_EQ(answer.header("Tus-Version"), "1.0.0");
    }
    EXPECT_EQ(HttpClient(server->url()).exchange("POST", kUploads, version).status, 412);
  }
  EXPECT_EQ(offsetOf(upload), "0");
}

TEST_F(Tus, U40RefusesAPieceBeyondTheLength) {
  const auto upload = begin(7);
  append(upload, 0, "con");

  EXPECT_EQ(append(upload, 3, "tents").status, 413);

  EXPECT_EQ(offsetOf(upload), "3");
  EXPECT_EQ(append(upload, 3, "tent").status, 201);
}

TEST_F(Tus, U40RefusesAnUploadAboveTheLimit) {
  EXPECT_EQ(create(1000000).status, 201);
  EXPECT_EQ(create(1000001).status, 413);
}

TEST_F(Tus, RefusesHeadersThatAreNotWellFormed) {
  const auto upload = begin(7);
  const auto creation = [&](const std::string& headers) {
    return exchange("POST", kUploads, headers).status;
  };
  const std::string metadata = std::string("Upload-Metadata: ") + kMetadata + "\r\n";

  EXPECT_EQ(creation(metadata), 400);
  EXPECT_EQ(creation(metadata + "Upload-Length: -1\r\n"), 400);
  EXPECT_EQ(creation(metadata + "Upload-Length: 1\r\nUpload-Length: 1\r\n"), 400);
  EXPECT_EQ(creation(metadata + "Upload-Defer-Length: 1\r\n"), 400);
  EXPECT_EQ(creation(metadata + "Upload-Length: 1\r\nUpload-Concat: partial\r\n"), 400);
  EXPECT_EQ(create(1, "filename YQ").status, 400);
  EXPECT_EQ(create(1, "nextcloud_path Zm9sZGVy").status, 400) << "no filename";
  EXPECT_EQ(create(1, "filename YS50eHQ=").status, 400) << "no folder";
  EXPECT_EQ(create(1, std::string(kMetadata) + ",on_conflict bWF5YmU=").status, 400);
  EXPECT_EQ(create(1, "filename Li4=,nextcloud_path Zm9sZGVy").status, 400) << "filename ..";
  EXPECT_EQ(create(1, "filename YQ==,nextcloud_path Li4vYQ==").status, 400) << "folder ../a";
  EXPECT_EQ(exchange("PATCH", upload, kContent, "con").status, 400);
  EXPECT_EQ(exchange("PATCH", upload, std::string(kContent) + "Upload-Offset: 0x0\r\n").status,
            400);
  EXPECT_EQ(append(upload, 0, "content", "Upload-Checksum: md5 AAAA\r\n").status, 400);
  EXPECT_EQ(offsetOf(upload), "0");
}

}  // namespace
}  // namespace mediadock::http
