/// \file
/// The line that each change leaves (X80), read back from the file.

#include "http/server/server.h"
#include "http/syntax/percent_encoding.h"
#include "mediadock/storage_error.h"
#include "support/http_client.h"
#include "support/temp_directory.h"
#include "unit/media/media_fixture.h"

#include <Poco/AutoPtr.h>
#include <Poco/JSON/Parser.h>
#include <Poco/Logger.h>
#include <Poco/StreamChannel.h>
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace mediadock::http {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kJson = "Content-Type: application/json\r\nX-Request-Id: the-id\r\n";
constexpr const char* kId = "X-Request-Id: the-id\r\n";

class Audit : public testing::Test {
 protected:
  Audit() { server.start(); }

  HttpSettings settings() const {
    HttpSettings settings;
    settings.address = "127.0.0.1:0";
    settings.maxConnections = 8;
    settings.requestTimeout = std::chrono::seconds(5);
    settings.drainTimeout = std::chrono::seconds(1);
    settings.admission.trustedProxies = {IpNetwork::parse("127.0.0.1")};
    settings.auditFile = file.string();
    return settings;
  }

  HttpAnswer ask(const std::string& method, const std::string& target,
                 const std::string& headers = kId, const std::string& body = "") const {
    return HttpClient(server.url()).exchange(method, "/api/crm/" + target, headers, body);
  }

  HttpAnswer upload(FormBody form) const {
    return ask("POST", "storage/upload", FormBody::kContentType + std::string(kId), form.str());
  }

  HttpAnswer remove(const std::string& path, const std::string& headers = kId) const {
    return ask("DELETE", "storage/file?path=" + percentEncode(path), headers);
  }

  std::vector<std::string> lines() const {
    std::vector<std::string> read;
    std::ifstream stream(file);
    for (std::string line; std::getline(stream, line);) {
      read.push_back(line);
    }
    return read;
  }

  /// The last line, of which `count` are expected.
  Poco::JSON::Object::Ptr lineOf(std::size_t count) const {
    const auto all = lines();
    EXPECT_THAT(all, SizeIs(count));
    return all.empty() ? Poco::JSON::Object::Ptr(new Poco::JSON::Object)
                       : Poco::JSON::Parser().parse(all.back()).extract<Poco::JSON::Object::Ptr>();
  }

  std::string etagOf(const std::string& path) {
    return world.storage->stat(StoragePath::parse(path), world.context)->etag->str();
  }

  TempDirectory folder;
  std::filesystem::path file = folder.path() / "inner" / "audit.log";
  bool hasFolder = std::filesystem::create_directory(file.parent_path());
  media::MediaWorld world;
  HttpServer server{settings(), *world.service};
};

TEST_F(Audit, X80TellsWhoWhenAndFromWhere) {
  world.put("a"_path);

  remove("a", "X-Request-Id: the-id\r\nX-Forwarded-For: 203.0.113.9\r\n");

  const auto line = lineOf(1);
  EXPECT_EQ(line->getValue<std::string>("source"), "audit");
  EXPECT_EQ(line->getValue<std::string>("request_id"), "the-id");
  EXPECT_EQ(line->getValue<std::string>("address"), "203.0.113.9");
  EXPECT_TRUE(line->isNull("caller"));
  EXPECT_THAT(line->getValue<std::string>("time"), testing::MatchesRegex("20..-.*T.*Z"));
}

TEST_F(Audit, X80TellsOfAnUpload) {
  ASSERT_EQ(upload(FormBody().field("path", "x").file("a", "content")).status, 201);

  const auto line = lineOf(1);
  EXPECT_EQ(line->getValue<std::string>("change"), "upload");
  EXPECT_EQ(line->getValue<std::string>("outcome"), "done");
  EXPECT_EQ(line->getValue<std::string>("path"), "x/a");
  EXPECT_FALSE(line->isNull("record"));
  EXPECT_TRUE(line->isNull("etag_before"));
  EXPECT_EQ(line->getValue<std::string>("etag_after"), etagOf("x/a"));
}

TEST_F(Audit, X80TellsWhatAnUploadReplaced) {
  upload(FormBody().field("path", "x").file("a", "content"));
  const auto before = etagOf("x/a");

  upload(FormBody().field("path", "x").field("on_conflict", "replace").file("a", "other"));

  const auto line = lineOf(2);
  EXPECT_EQ(line->getValue<std::string>("etag_before"), before);
  EXPECT_EQ(line->getValue<std::string>("etag_after"), etagOf("x/a"));
  EXPECT_NE(etagOf("x/a"), before);
}

TEST_F(Audit, X80TellsOfEachFileOfAForm) {
  upload(FormBody().field("path", "x").file("a", "1").file("b", "2"));

  EXPECT_THAT(lines(), testing::ElementsAre(HasSubstr("\"x/a\""), HasSubstr("\"x/b\"")));
}

TEST_F(Audit, X80TellsOfTheFilesThatABrokenFormTookBack) {
  int commits = 0;
  world.onStep([&](const std::string& step) {
    if (step == "before commit" && ++commits == 2) {
      throw StorageError(StorageErrc::InsufficientStorage, "full");
    }
  });

  EXPECT_EQ(upload(FormBody().field("path", "x").file("a", "1").file("b", "2")).status, 507);

  EXPECT_THAT(lines(), testing::ElementsAre(AllOf(HasSubstr("upload"), HasSubstr("\"x/a\"")),
                                            AllOf(HasSubstr("delete"), HasSubstr("\"x/a\""))));
}

TEST_F(Audit, X80TellsOfADeletion) {
  upload(FormBody().field("path", "x").file("a", "content"));
  const auto before = etagOf("x/a");

  ASSERT_EQ(remove("x/a").status, 204);

  const auto line = lineOf(2);
  EXPECT_EQ(line->getValue<std::string>("change"), "delete");
  EXPECT_EQ(line->getValue<std::string>("path"), "x/a");
  EXPECT_EQ(line->getValue<std::string>("etag_before"), before);
  EXPECT_TRUE(line->isNull("etag_after"));
}

TEST_F(Audit, X80TellsOfAMove) {
  world.put("a"_path);
  const auto before = etagOf("a");

  ASSERT_EQ(ask("POST", "storage/move", kJson, R"({"from":"a","to":"y/b"})").status, 200);

  const auto line = lineOf(1);
  EXPECT_EQ(line->getValue<std::string>("change"), "move");
  EXPECT_EQ(line->getValue<std::string>("path"), "a");
  EXPECT_EQ(line->getValue<std::string>("target"), "y/b");
  EXPECT_EQ(line->getValue<std::string>("etag_before"), before);
  EXPECT_EQ(line->getValue<std::string>("etag_after"), etagOf("y/b"));
}

TEST_F(Audit, X80TellsOfAFolderOnceItIsMade) {
  EXPECT_EQ(ask("POST", "storage/folder", kJson, R"({"path":"x"})").status, 201);
  EXPECT_EQ(ask("POST", "storage/folder", kJson, R"({"path":"x"})").status, 200);

  EXPECT_EQ(lineOf(1)->getValue<std::string>("change"), "create_folder");
}

TEST_F(Audit, X80TellsOfTheLifeOfARecord) {
  world.put("a"_path);

  ASSERT_EQ(ask("POST", "media", kJson, R"({"nextcloud_path":"a"})").status, 201);
  const auto added = lineOf(1);
  const auto id = added->getValue<std::string>("record");
  ASSERT_EQ(ask("PATCH", "media/" + id, kJson, R"({"tags":["print"]})").status, 200);
  const auto edited = lineOf(2);
  ASSERT_EQ(ask("DELETE", "media/" + id).status, 204);
  const auto deleted = lineOf(3);

  EXPECT_EQ(added->getValue<std::string>("change"), "add_record");
  EXPECT_EQ(edited->getValue<std::string>("change"), "edit_record");
  EXPECT_EQ(deleted->getValue<std::string>("change"), "delete_record");
  for (const auto& line : {added, edited, deleted}) {
    EXPECT_EQ(line->getValue<std::string>("record"), id);
    EXPECT_EQ(line->getValue<std::string>("path"), "a");
    EXPECT_EQ(line->getValue<std::string>("etag_before"), etagOf("a"));
    EXPECT_EQ(line->getValue<std::string>("etag_after"), etagOf("a"));
  }
}

TEST_F(Audit, HasNoLineOfWhatChangedNothing) {
  world.put("a"_path);

  ask("GET", "storage/file?path=a");
  remove("missing");
  ask("POST", "storage/move", kJson, R"({"from":"missing","to":"b"})");
  ask("DELETE", "media/00000000-0000-0000-0000-000000000000");
  ask("DELETE", "storage/file?path=a", "Sec-Fetch-Site: cross-site\r\n");

  EXPECT_THAT(lines(), IsEmpty());
}

TEST_F(Audit, SaysThatNobodyKnowsTheOutcome) {
  world.put("a"_path);
  world.failAt("after remove", StorageErrc::Timeout, Retry::OutcomeUnknown);

  EXPECT_EQ(remove("a").status, 504);

  EXPECT_EQ(lineOf(1)->getValue<std::string>("outcome"), "unknown");
  EXPECT_EQ(lineOf(1)->getValue<std::string>("path"), "a");
}

TEST_F(Audit, CannotBeForgedByAName) {
  const std::string name = "a\",\"caller\":\"root\"} {\\u000a";
  world.put(StoragePath::parse(name));

  ASSERT_EQ(remove(name).status, 204);

  EXPECT_EQ(lineOf(1)->getValue<std::string>("path"), name);
  EXPECT_TRUE(lineOf(1)->isNull("caller"));
}

TEST_F(Audit, HoldsNothingThatIsSecret) {
  world.put("a"_path);

  ASSERT_EQ(ask("DELETE", "storage/file?path=a&token=s3cret",
                "Authorization: Bearer s3cret\r\nX-API-Key: s3cret\r\nCookie: session=s3cret\r\n")
                .status,
            204);

  ASSERT_THAT(lines(), SizeIs(1));
  EXPECT_THAT(lines().front(), testing::Not(HasSubstr("s3cret")));
}

/// What goes to the logger `audit` while a test looks.
class AuditLogger {
 public:
  AuditLogger() {
    Poco::Logger::get("audit").setChannel(
        Poco::AutoPtr<Poco::Channel>(new Poco::StreamChannel(text_)));
  }

  ~AuditLogger() { Poco::Logger::get("audit").setChannel(Poco::AutoPtr<Poco::Channel>()); }

  std::string text() const { return text_.str(); }

 private:
  std::ostringstream text_;
};

TEST_F(Audit, CriesOutWhereItCannotBeWrittenAndLosesNoChange) {
  const AuditLogger log;
  world.put("a"_path);
  std::filesystem::remove_all(file.parent_path());

  EXPECT_EQ(remove("a").status, 204);

  EXPECT_THAT(world.files(), IsEmpty());
  EXPECT_THAT(log.text(), AllOf(HasSubstr("the audit log cannot be written"),
                                HasSubstr("\"change\":\"delete\""), HasSubstr("the-id")));
}

TEST_F(Audit, GoesToTheLogWhereNoFileIsNamed) {
  const AuditLogger log;
  auto silent = settings();
  silent.auditFile.clear();
  HttpServer other(silent, *world.service);
  other.start();
  world.put("a"_path);

  HttpClient(other.url()).exchange("DELETE", "/api/crm/storage/file?path=a");
  other.stop();

  EXPECT_THAT(log.text(), HasSubstr("\"change\":\"delete\""));
}

TEST_F(Audit, IsRefusedAtTheStartWhereItCannotBe) {
  auto misplaced = settings();
  misplaced.auditFile = (folder.path() / "missing" / "audit.log").string();

  try {
    HttpServer other(misplaced, *world.service);
    ADD_FAILURE() << "was made";
  } catch (const StorageError& error) {
    EXPECT_EQ(error.code(), StorageErrc::ConfigInvalid);
    EXPECT_THAT(error.what(), AllOf(HasSubstr("audit.file"), HasSubstr("No such file")));
  }
}

}  // namespace
}  // namespace mediadock::http
