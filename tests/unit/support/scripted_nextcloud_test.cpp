#include "support/scripted_nextcloud/scripted_nextcloud.h"

#include "unit/support/scripted_nextcloud_fixture.h"

#include <gmock/gmock.h>

namespace mediadock {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST_F(ScriptedNextcloudTest, KeepsAConnectionForManyRequests) {
  RawConnection connection(server_.port());
  connection.send(head("PUT", files("a.txt")) + "Content-Length: 1\r\n\r\na");
  ASSERT_EQ(connection.receive().status(), 201);

  connection.send(head("GET", files("a.txt")) + "\r\n");

  EXPECT_EQ(connection.receive().body, "a");
}

TEST_F(ScriptedNextcloudTest, FindsTheNextRequestBehindABodyThatNobodyWanted) {
  RawConnection connection(server_.port());
  connection.send(head("PUT", files("no/a.txt")) + "Content-Length: 300000\r\n\r\n" +
                  std::string(300000, 'x'));
  ASSERT_EQ(connection.receive().status(), 404);

  connection.send(head("PROPFIND", files("")) + "Depth: 0\r\n\r\n");

  EXPECT_EQ(connection.receive().status(), 207);
}

TEST_F(ScriptedNextcloudTest, LosesChunkedBodies) {
  RawConnection connection(server_.port());
  connection.send(head("PUT", files("a.txt")) +
                  "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");

  EXPECT_EQ(connection.receive().status(), 201);
  EXPECT_EQ(server_.readFile("a.txt"), "");
  EXPECT_TRUE(server_.requests().front().isChunked);
}

TEST_F(ScriptedNextcloudTest, ForgetsANewFileThatIsCutOff) {
  RawConnection connection(server_.port());
  connection.send(head("PUT", files("a.txt")) + "Content-Length: 100\r\n\r\nstart");
  ASSERT_TRUE(server_.waitForRequests("PUT", "a.txt", 1));
  connection.close();

  ASSERT_TRUE(server_.waitUntilIdle());
  EXPECT_FALSE(server_.exists("a.txt"));
}

TEST_F(ScriptedNextcloudTest, DestroysAnExistingFileThatIsCutOff) {
  server_.putFile("a.txt", "old content");
  RawConnection connection(server_.port());
  connection.send(head("PUT", files("a.txt")) + "Content-Length: 100\r\n\r\nstart");
  ASSERT_TRUE(server_.waitForRequests("PUT", "a.txt", 1));
  connection.close();

  ASSERT_TRUE(server_.waitUntilIdle());
  EXPECT_EQ(server_.readFile("a.txt"), "");
}

TEST_F(ScriptedNextcloudTest, KeepsTheTagOfAFileWithTheSameTimeAndLength) {
  const std::map<std::string, std::string> time = {{"X-OC-MTime", "1600000000"}};
  const std::string first = ask("PUT", files("a.txt"), time, "one").header("ETag");
  const std::string second = ask("PUT", files("a.txt"), time, "two").header("ETag");
  const std::string longer = ask("PUT", files("a.txt"), time, "three").header("ETag");

  EXPECT_EQ(first, second);
  EXPECT_NE(second, longer);
}

TEST_F(ScriptedNextcloudTest, ChangesTheTagsOfFoldersUpToTheRoot) {
  server_.makeFolder("a/b");
  server_.makeFolder("other");
  const std::string root = ask("PROPFIND", files(""), {{"Depth", "0"}}).body;
  const std::string other = ask("PROPFIND", files("other"), {{"Depth", "0"}}).body;

  server_.putFile("a/b/c.txt", "x");

  EXPECT_NE(ask("PROPFIND", files(""), {{"Depth", "0"}}).body, root);
  EXPECT_EQ(ask("PROPFIND", files("other"), {{"Depth", "0"}}).body, other);
}

TEST_F(ScriptedNextcloudTest, ComputesTheHashAskedFor) {
  const HttpMessage answer = ask("PUT", files("a.txt"), {{"X-Hash", "sha256"}}, "abc");

  EXPECT_EQ(answer.header("X-Hash-SHA256"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_F(ScriptedNextcloudTest, JoinsChunksInNaturalOrder) {
  ask("MKCOL", uploads("u1"));
  ask("PUT", uploads("u1/10"), {}, "ten");
  ask("PUT", uploads("u1/2"), {}, "two");

  const HttpMessage answer = ask("MOVE", uploads("u1/.file"), {{"Destination", files("a.txt")}});

  EXPECT_EQ(answer.status(), 201);
  EXPECT_EQ(server_.readFile("a.txt"), "twoten");
  EXPECT_THAT(server_.openUploads(), IsEmpty());
}

TEST_F(ScriptedNextcloudTest, AnswersAChunkThatReplacesAnotherDifferently) {
  ask("MKCOL", uploads("u1"));

  EXPECT_EQ(ask("PUT", uploads("u1/1"), {}, "old").status(), 201);
  EXPECT_EQ(ask("PUT", uploads("u1/1"), {}, "new").status(), 204);
  ask("MOVE", uploads("u1/.file"), {{"Destination", files("a.txt")}});
  EXPECT_EQ(server_.readFile("a.txt"), "new");
}

TEST_F(ScriptedNextcloudTest, KeepsTheFileIdWhenChunksOverwrite) {
  const std::string before = ask("PUT", files("a.txt"), {}, "old").header("OC-FileId");
  ask("MKCOL", uploads("u1"));
  ask("PUT", uploads("u1/1"), {}, "new content");
  const HttpMessage answer = ask("MOVE", uploads("u1/.file"), {{"Destination", files("a.txt")}});

  EXPECT_EQ(answer.status(), 204);
  EXPECT_EQ(answer.header("OC-FileId"), before);
}

TEST_F(ScriptedNextcloudTest, MakesUploadsLookOld) {
  ask("MKCOL", uploads("u1"));
  const std::string before = ask("PROPFIND", uploads("u1"), {{"Depth", "0"}}).body;

  server_.ageUploads(std::chrono::hours(25));

  EXPECT_NE(ask("PROPFIND", uploads("u1"), {{"Depth", "0"}}).body, before);
}

TEST_F(ScriptedNextcloudTest, MovesAndCopiesWholeFolders) {
  server_.putFile("a/deep/f.txt", "f");
  EXPECT_EQ(ask("COPY", files("a"), {{"Destination", files("b")}}).status(), 201);
  EXPECT_EQ(ask("MOVE", files("a"), {{"Destination", files("c")}}).status(), 201);

  EXPECT_THAT(server_.listTree(),
              ElementsAre("b/", "b/deep/", "b/deep/f.txt", "c/", "c/deep/", "c/deep/f.txt"));
  EXPECT_EQ(server_.readFile("b/deep/f.txt"), "f");
}

TEST_F(ScriptedNextcloudTest, PermitsNothingButUpdatesInSuchAShare) {
  server_.putFile("share/a.txt", "old");
  server_.putFile("b.txt", "b");
  server_.permitOnlyUpdates("share");
  ask("MKCOL", uploads("u1"));
  ask("PUT", uploads("u1/00001"), {}, "new");

  EXPECT_EQ(ask("MOVE", uploads("u1/.file"), {{"Destination", files("share/a.txt")}}).status(),
            403);
  EXPECT_EQ(ask("MOVE", uploads("u1/.file"), {{"Destination", files("share/b.txt")}}).status(),
            403);
  EXPECT_EQ(ask("MOVE", files("share/a.txt"), {{"Destination", files("a.txt")}}).status(), 403);
  EXPECT_EQ(ask("MOVE", files("b.txt"), {{"Destination", files("share/b.txt")}}).status(), 403);
  EXPECT_EQ(ask("COPY", files("b.txt"), {{"Destination", files("share/a.txt")}}).status(), 403);
  EXPECT_EQ(ask("PUT", files("share/b.txt"), {}, "new").status(), 403);
  EXPECT_EQ(ask("MKCOL", files("share/b")).status(), 403);
  EXPECT_EQ(ask("DELETE", files("share/a.txt")).status(), 403);
  EXPECT_EQ(server_.readFile("share/a.txt"), "old");
  EXPECT_EQ(ask("PUT", files("share/a.txt"), {}, "new").status(), 204);
  EXPECT_EQ(server_.readFile("share/a.txt"), "new");
  EXPECT_EQ(ask("COPY", files("share/a.txt"), {{"Destination", files("a.txt")}}).status(), 201);
}

TEST_F(ScriptedNextcloudTest, TellsWhatAShareOfUpdatesPermits) {
  server_.putFile("share/a.txt", "a");
  server_.permitOnlyUpdates("share");
  const std::string question =
      R"(<d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:prop><oc:permissions/>)"
      R"(</d:prop></d:propfind>)";

  EXPECT_THAT(ask("PROPFIND", files("share/"), {{"Depth", "0"}}, question).body,
              HasSubstr("<oc:permissions>SGNV</oc:permissions>"));
  EXPECT_THAT(ask("PROPFIND", files("share/a.txt"), {{"Depth", "0"}}, question).body,
              HasSubstr("<oc:permissions>SGNVW</oc:permissions>"));
}

TEST_F(ScriptedNextcloudTest, RefusesNamesThatTheStorageDoesNotTake) {
  EXPECT_EQ(ask("PUT", files(".htaccess"), {}, "x").status(), 400);
  EXPECT_EQ(ask("PUT", files("a.PART"), {}, "x").status(), 400);
  EXPECT_EQ(ask("PUT", files("tab%09.txt"), {}, "x").status(), 400);
  EXPECT_EQ(ask("PUT", files("a%00b"), {}, "x").status(), 400);
}

TEST_F(ScriptedNextcloudTest, StoresLatin1AsWhatItMeant) {
  ASSERT_EQ(ask("PUT", files("%E9.txt"), {}, "x").status(), 201);

  EXPECT_THAT(server_.listTree(), ElementsAre("\u00e9.txt"));
}

TEST_F(ScriptedNextcloudTest, CountsRequestsThatRunTogether) {
  server_.misbehave({.action = scripted::Hang{}});
  RawConnection first(server_.port());
  RawConnection second(server_.port());
  first.send(head("GET", files("a")) + "\r\n");
  second.send(head("GET", files("b")) + "\r\n");
  ASSERT_TRUE(server_.waitForRequests("GET", "/", 2));

  EXPECT_EQ(server_.maxConcurrentRequests(), 2U);
}

TEST_F(ScriptedNextcloudTest, CountsNoRequestWhoseAnswerHasBeenSeen) {
  for (int i = 0; i < 50; ++i) {
    ask("PROPFIND", files(""));
  }

  EXPECT_EQ(server_.maxConcurrentRequests(), 1U);
}

}  // namespace
}  // namespace mediadock
