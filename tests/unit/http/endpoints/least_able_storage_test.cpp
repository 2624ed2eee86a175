// The API over a storage that can do next to nothing, and says so.

#include "unit/http/endpoints_fixture.h"

#include <gmock/gmock.h>

#include <filesystem>

namespace mediadock::http {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class LeastAbleStorage : public Endpoints {
 protected:
  LeastAbleStorage() : Endpoints("all") {}

  HttpAnswer remove(const std::string& path, const std::string& query = "") const {
    return connect().exchange("DELETE", fileTarget(path) + query, "");
  }
};

TEST_F(LeastAbleStorage, TakesAFormThatTellsNoSize) {
  const auto answer = upload(FormBody().field("nextcloud_path", "folder").file("a.txt", "content"));

  EXPECT_EQ(answer.status, 201) << answer.body;
  EXPECT_EQ(world.contentOf("folder/a.txt"_path), "content");
  world.expectInStep();
}

TEST_F(LeastAbleStorage, TakesAFileBeforeItsFields) {
  world.put("folder/a.txt"_path, "old");

  const auto answer = upload(FormBody()
                                 .file("a.txt", "new")
                                 .field("on_conflict", "replace")
                                 .field("nextcloud_path", "folder"));

  EXPECT_EQ(answer.status, 201) << answer.body;
  EXPECT_EQ(world.contentOf("folder/a.txt"_path), "new");
}

TEST_F(LeastAbleStorage, TakesTheConflictRuleBehindTheFile) {
  world.put("folder/a.txt"_path, "old");
  const auto send = [&](const std::string& rule) {
    return upload(FormBody()
                      .field("nextcloud_path", "folder")
                      .field("size", "3")
                      .file("a.txt", "new")
                      .field("on_conflict", rule));
  };

  EXPECT_EQ(send("fail").status, 409);
  EXPECT_EQ(world.contentOf("folder/a.txt"_path), "old");
  EXPECT_EQ(send("replace").status, 201);
  EXPECT_EQ(world.contentOf("folder/a.txt"_path), "new");
  EXPECT_THAT(send("rename").body, HasSubstr("folder/a (2).txt"));
}

TEST_F(LeastAbleStorage, GivesEachOfSeveralFilesAFreeName) {
  const auto answer = upload(FormBody()
                                 .file("a.txt", "one")
                                 .file("a.txt", "two")
                                 .file("a.txt", "")
                                 .field("nextcloud_path", "folder"));

  EXPECT_EQ(answer.status, 201) << answer.body;
  EXPECT_THAT(world.files(), ElementsAre("folder/a (2).txt", "folder/a (3).txt", "folder/a.txt"));
  EXPECT_EQ(world.contentOf("folder/a (2).txt"_path), "two");
  world.expectInStep();
}

TEST_F(LeastAbleStorage, LeavesNothingOfAnUploadThatIsRefused) {
  const auto answer = upload(
      FormBody().file("a.txt", "content").field("sha256", std::string(64, '0')).field("path", "x"));

  EXPECT_EQ(answer.status, 400);
  EXPECT_THAT(world.files(), IsEmpty());
  EXPECT_TRUE(std::filesystem::is_empty(world.folder.path() / "spool"));
}

TEST_F(LeastAbleStorage, LeavesNothingOfAnUploadThatBreaksOff) {
  auto client = connect();
  const std::string form = FormBody().file("a.txt", std::string(100000, 'a')).str();
  client.send("POST /api/crm/storage/upload HTTP/1.1\r\nHost: localhost\r\n" +
              std::string(FormBody::kContentType) + "Content-Length: " +
              std::to_string(form.size()) + "\r\n\r\n" + form.substr(0, form.size() / 2));
  client.reset();
  server.stop();

  EXPECT_THAT(world.files(), IsEmpty());
  EXPECT_TRUE(!std::filesystem::exists(world.folder.path() / "spool") ||
              std::filesystem::is_empty(world.folder.path() / "spool"));
}

TEST_F(LeastAbleStorage, RemovesAFolderWithAllInIt) {
  upload(FormBody().file("a.txt", "a").field("nextcloud_path", "folder/below"));
  world.put("folder/b.txt"_path);

  EXPECT_EQ(remove("folder").status, 409);
  EXPECT_EQ(remove("folder", "&recursive=1").status, 204);

  EXPECT_THAT(world.files(), IsEmpty());
  EXPECT_THAT(world.records(), IsEmpty());
  EXPECT_EQ(get("/api/crm/storage/browse?path=folder").status, 404);
}

TEST_F(LeastAbleStorage, MovesAFolderWithItsRecords) {
  upload(FormBody().file("a.txt", "a").field("nextcloud_path", "from/below"));
  upload(FormBody().file("b.txt", "b").field("nextcloud_path", "from"));

  const auto answer = post("/api/crm/storage/move", R"({"from":"from","to":"new/to"})");

  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_THAT(world.files(), ElementsAre("new/to/b.txt", "new/to/below/a.txt"));
  world.expectInStep();
}

TEST_F(LeastAbleStorage, MovesAFileAndNeverOntoAnother) {
  upload(FormBody().file("a.txt", "a").field("nextcloud_path", "x"));
  world.put("x/b.txt"_path, "b");
  const auto move = [&](const std::string& to) {
    return post("/api/crm/storage/move", R"({"from":"x/a.txt","to":")" + to + R"("})").status;
  };

  EXPECT_EQ(move("x/b.txt"), 409);
  EXPECT_EQ(world.contentOf("x/b.txt"_path), "b");
  EXPECT_EQ(move("y/c.txt"), 200);
  EXPECT_THAT(world.files(), ElementsAre("x/b.txt", "y/c.txt"));
}

TEST_F(LeastAbleStorage, MakesFolders) {
  EXPECT_EQ(post("/api/crm/storage/folder", R"({"path":"a/b"})").status, 201);
  EXPECT_EQ(post("/api/crm/storage/folder", R"({"path":"a/b"})").status, 200);
  EXPECT_EQ(get("/api/crm/storage/browse?path=a%2Fb").body, "[]");
}

TEST_F(LeastAbleStorage, GivesRanges) {
  world.put("a.txt"_path, "0123456789");
  const auto range = [&](const std::string& bytes) {
    return get(fileTarget("a.txt"), "Range: bytes=" + bytes + "\r\n");
  };

  EXPECT_EQ(range("3-5").status, 206);
  EXPECT_EQ(range("3-5").body, "345");
  EXPECT_EQ(range("-2").body, "89");
  EXPECT_EQ(range("10-").status, 416);
  // Reading the file once for each piece would be dear.
  EXPECT_EQ(range("0-1,4-5").status, 200);
}

TEST_F(LeastAbleStorage, TakesAnUploadInPieces) {
  const std::string tus = "Tus-Resumable: 1.0.0\r\n";
  const auto created = connect().exchange(
      "POST", "/api/crm/storage/uploads",
      tus + "Upload-Length: 7\r\nUpload-Metadata: filename YS50eHQ=,nextcloud_path Zm9sZGVy\r\n");
  ASSERT_EQ(created.status, 201) << created.body;

  const auto sent = connect().exchange(
      "PATCH", created.header("Location"),
      tus + "Content-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\n", "content");

  EXPECT_LT(sent.status, 300) << sent.body;
  EXPECT_EQ(world.contentOf("folder/a.txt"_path), "content");
}

TEST_F(LeastAbleStorage, TellsWhatIsNotAtomic) {
  EXPECT_THAT(get("/api/crm/storage/limits").body,
              HasSubstr(R"("not_atomic":["write_if_absent","write_if_match","remove_recursive",)"
                        R"("remove_if_match","move"])"));
}

TEST_F(Endpoints, NothingIsMadeUpForWhereTheStorageCan) {
  EXPECT_THAT(get("/api/crm/storage/limits").body, HasSubstr(R"("not_atomic":[])"));
}

/// What has versions, and cannot judge them by itself.
class UnjudgingStorage : public Endpoints {
 protected:
  UnjudgingStorage() : Endpoints("write_if_match,remove_if_match,conditional_read") {}
};

TEST_F(UnjudgingStorage, JudgesVersionsBeforeEachChange) {
  upload(FormBody().file("a.txt", "one").field("nextcloud_path", "x"));
  const auto version = get(fileTarget("x/a.txt")).header("ETag");
  const auto replace = [&](const std::string& content) {
    return upload(FormBody().field("nextcloud_path", "x").file("a.txt", content),
                  "If-Match: " + version + "\r\n")
        .status;
  };
  const auto remove = [&] {
    return connect()
        .exchange("DELETE", fileTarget("x/a.txt"), "If-Match: " + version + "\r\n")
        .status;
  };

  EXPECT_EQ(replace("two"), 201);
  EXPECT_EQ(replace("three"), 412);
  EXPECT_EQ(remove(), 412);
  EXPECT_EQ(world.contentOf("x/a.txt"_path), "two");
}

}  // namespace
}  // namespace mediadock::http
