// What the plugin finds out about its server, and how it says so.

#include "support/raw_server.h"
#include "unit/nextcloud/scripted_world.h"

namespace mediadock::nextcloud {
namespace {

using scripted::Answer;
using scripted::AnswerWith;
using testing::AllOf;
using testing::Contains;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;

class NextcloudDiscovery : public ScriptedWorld {
 protected:
  /// The words behind an ability; empty where nothing is known.
  std::string answerFor(const std::string& ability) const {
    const auto known = provider->capabilities().evidence;
    const auto found = std::find_if(known.begin(), known.end(), [&](const auto& evidence) {
      return evidence.ability == ability;
    });
    return found == known.end() ? "" : found->answered;
  }

  void answerCapabilities(int status, const std::string& body) {
    Answer answer;
    answer.status = status;
    answer.body = body;
    server.misbehave({.pathPart = "/cloud/capabilities", .action = AnswerWith{answer}});
  }
};

TEST_F(NextcloudDiscovery, KeepsEachAnswerWithQuestionAndTime) {
  const auto before = std::chrono::system_clock::now() - std::chrono::seconds(1);

  provider->check({});

  EXPECT_THAT(answerFor("nextcloud"), HasSubstr("version 32.0.1"));
  EXPECT_EQ(answerFor("user_id"), "console");
  EXPECT_EQ(answerFor("chunked_upload"), "max_size 104857600, max_parallel_count 5");
  EXPECT_EQ(answerFor("paging"), "nc-paginate");
  EXPECT_EQ(answerFor("previews"), "HTTP 404 []");
  EXPECT_THAT(answerFor("forbidden_names"), AllOf(HasSubstr(".htaccess"), HasSubstr(".part")));
  EXPECT_THAT(answerFor("auto_mkcol"), HasSubstr("MKCOL"));
  for (const auto& evidence : provider->capabilities().evidence) {
    EXPECT_FALSE(evidence.asked.empty()) << evidence.ability;
    EXPECT_GT(evidence.at, before) << evidence.ability;
  }
}

TEST_F(NextcloudDiscovery, AsksOnceForManyChecks) {
  provider->check({});
  provider->check({});

  EXPECT_EQ(requestsOf("GET", "/cloud/capabilities"), 1);
  EXPECT_EQ(requestsOf("OPTIONS", ""), 1);
}

TEST_F(NextcloudDiscovery, AsksAgainAfterAnAnswerThatSaysNothing) {
  server.misbehave(
      {.pathPart = "/cloud/capabilities", .action = scripted::answerPage(500), .times = 1});
  EXPECT_ANY_THROW(provider->check({}));

  provider->check({});

  EXPECT_THAT(answerFor("chunked_upload"), HasSubstr("104857600"));
}

TEST_F(NextcloudDiscovery, TakesTheRulesForNamesFromTheServer_Problem28) {
  answerCapabilities(
      200, R"({"ocs":{"data":{"capabilities":{"files":{"windows_compatible_filenames":true,)"
           R"("forbidden_filenames":["Thumbs.db"],"forbidden_filename_basenames":["con"],)"
           R"("forbidden_filename_characters":["*","?","\\","/","é"],)"
           R"("forbidden_filename_extensions":["."," ",".part"]}}}}})");
  checkAndSweep();
  server.clearRequests();
  const auto refuses = [this](const std::string& name) {
    EXPECT_THAT([&] { put(StoragePath::parse(name), "x"); },
                ThrowsStorageError(StorageErrc::InvalidPath))
        << name;
  };

  for (const auto* name : {"thumbs.DB", "CON.txt", "con", "a*", "what?", "back\\slash", "dot.",
                           "space ", "a.PART", "folder./a"}) {
    refuses(name);
  }

  EXPECT_THAT(server.requests(), IsEmpty()) << "refused before a byte is sent";
  EXPECT_THAT(answerFor("forbidden_names"), HasSubstr("Windows-compatible"));
  EXPECT_THAT(provider->capabilities().forbiddenBasenames, Contains("con"));
  EXPECT_NO_THROW(put(StoragePath::parse("console.txt"), "x"));
  EXPECT_NO_THROW(put(StoragePath::parse(".htaccess2"), "x"));
}

TEST_F(NextcloudDiscovery, KnowsTheRulesBeforeTheFirstWriteThoughNobodyChecked_Problem28) {
  answerCapabilities(200, R"({"ocs":{"data":{"capabilities":{"files":{)"
                          R"("forbidden_filename_extensions":[".exe"]}}}}})");

  EXPECT_THAT([&] { put(StoragePath::parse("a.exe"), "x"); },
              ThrowsStorageError(StorageErrc::InvalidPath));

  EXPECT_EQ(requestsOf("PUT", ""), 0);
}

TEST_F(NextcloudDiscovery, WritesToAServerThatDoesNotTell_Problem28) {
  answerCapabilities(500, "");

  EXPECT_NO_THROW(put(StoragePath::parse("a"), "x"));
  EXPECT_NO_THROW(put(StoragePath::parse("b"), "x"));

  EXPECT_EQ(requestsOf("GET", "/cloud/capabilities"), 1);
}

TEST_F(NextcloudDiscovery, KeepsTheRulesOfNextcloud32WhereTheServerTellsNone_Problem28) {
  answerCapabilities(404, "<html>gone</html>");

  provider->check({});

  EXPECT_THAT(answerFor("server_capabilities"), HasSubstr("HTTP 404"));
  EXPECT_THAT([&] { put(StoragePath::parse("a.part"), "x"); },
              ThrowsStorageError(StorageErrc::InvalidPath));
}

TEST_F(NextcloudDiscovery, HasNoPreviewsWhereTheEndpointSpeaksOtherwise) {
  server.misbehave({.pathPart = "/core/preview", .action = scripted::answerPage(404)});

  provider->check({});

  EXPECT_FALSE(provider->capabilities().previews);
  EXPECT_THAT([&] { provider->openPreview(StoragePath::parse("a.png"), {}, {}); },
              ThrowsStorageError(StorageErrc::Unsupported));
}

TEST_F(NextcloudDiscovery, TellsTheLongestNameThatTheServerTakes_L10) {
  checkAndSweep();
  const auto longest = provider->capabilities().maxNameBytes;

  EXPECT_EQ(put(StoragePath::parse(std::string(longest, 'n')), "x").size, 1U);
  server.clearRequests();
  EXPECT_THAT([&] { put(StoragePath::parse(std::string(longest + 1, 'n')), "x"); },
              ThrowsStorageError(StorageErrc::InvalidPath));
  EXPECT_THAT(server.requests(), IsEmpty());
}

TEST_F(NextcloudDiscovery, NeverAsksForUnlimitedDepth_Problem18_Trap26) {
  provider->check({});
  put(StoragePath::parse("folder/file"), "x");
  provider->list({}, {}, {});
  provider->list(StoragePath::parse("folder"), {}, {});

  for (const auto& request : server.requests()) {
    const bool isPropfind = request.method == "PROPFIND";
    const auto depth = request.headers.find("depth");
    EXPECT_TRUE(!isPropfind || (depth != request.headers.end() && depth->second != "infinity"));
  }
}

TEST_F(NextcloudDiscovery, DoesNotRelyOnParentsMadeByHeader_Problem13_Trap25) {
  put(StoragePath::parse("a/b/c.txt"), "x");

  EXPECT_EQ(server.readFile("a/b/c.txt"), "x");
  EXPECT_GT(requestsOf("MKCOL", "/a"), 0);
}

TEST_F(NextcloudDiscovery, LeavesUnknownQuotaOut_Q01) {
  const auto unlimited = provider->quota({});
  server.setQuota(1000);
  const auto limited = provider->quota({});

  EXPECT_TRUE(unlimited.used);
  EXPECT_FALSE(unlimited.available);
  EXPECT_EQ(limited.available, 1000U);
}

TEST(NextcloudUserId, IsNotTheLogin_Problem23) {
  const std::string user = R"({"ocs":{"data":{"id":"real id"}}})";
  RawServer server(
      {{{"HTTP/1.1 200 OK\r\nContent-Length: 38\r\n\r\n"
         R"({"installed":true,"version":"32.0.1"} )"},
        {"HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(user.size()) + "\r\n\r\n" + user},
        {"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"}}});
  SilentLog log;
  const Settings settings({{"url", server.url()}, {"username", "login@example.test"}});
  const auto provider = makeNextcloudProvider({settings, log});

  EXPECT_FALSE(provider->stat(StoragePath::parse("a"), {}));

  EXPECT_THAT(server.requests().at(2), HasSubstr("PROPFIND /remote.php/dav/files/real%20id/a "));
}

}  // namespace
}  // namespace mediadock::nextcloud
