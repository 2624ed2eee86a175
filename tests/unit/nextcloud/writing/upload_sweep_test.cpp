#include "writing/upload_sweep.h"

#include "nextcloud_settings.h"
#include "support/raw_server.h"
#include "unit/nextcloud/writing/write_fixture.h"
#include "writing/upload_owner.h"

namespace mediadock::nextcloud {
namespace {

const std::string kDeleted = "HTTP/1.1 204 No Content\r\n\r\n";

std::string folder(const std::string& name, const std::string& touched) {
  return "<d:response><d:href>/up/" + name +
         "/</d:href><d:propstat><d:prop><d:resourcetype><d:collection/></d:resourcetype>"
         "<d:getlastmodified>" +
         touched +
         "</d:getlastmodified></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>"
         "</d:response>";
}

std::string listing(const std::string& items, const std::string& date) {
  const auto body = "<d:multistatus xmlns:d='DAV:'>" + items + "</d:multistatus>";
  return "HTTP/1.1 207 Multi-Status\r\n" + date + "Content-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

/// The requests of a sweep of uploads that look like this.
std::vector<std::string> sweep(const std::string& answer) {
  RawServer server({{{answer}, {kDeleted}, {kDeleted}}});
  DavClient client(parseNextcloudSettings(Settings({{"url", server.url()}})));
  const http_client::CallLimits limits({}, {}, std::chrono::seconds(20));
  sweepUploads(client, "/up", limits);
  return server.requests();
}

const std::string kOld = "Wed, 10 May 2023 10:00:00 GMT";
const std::string kNow = "Date: Thu, 11 May 2023 11:00:00 GMT\r\n";
const std::string kYoung = "Wed, 10 May 2023 12:00:00 GMT";

TEST(SweepUploads, DeletesOurFoldersOlderThanADay_Problem27) {
  const auto requests = sweep(listing(folder("mediadock-1", kOld), kNow));

  ASSERT_EQ(requests.size(), 2U);
  EXPECT_TRUE(requests.at(1).starts_with("DELETE /up/mediadock-1 "));
}

TEST(SweepUploads, LeavesFoldersOfOthers_Problem27) {
  EXPECT_EQ(sweep(listing(folder("", kOld) + folder("web-file-upload-1", kOld), kNow)).size(), 1U);
}

TEST(SweepUploads, LeavesSuspendedWritesForAWeek_Problem27) {
  const std::string weekOld = "Thu, 04 May 2023 10:00:00 GMT";
  const std::string older = "Wed, 03 May 2023 10:00:00 GMT";

  const auto requests =
      sweep(listing(folder("mediadock-kept-1", weekOld) + folder("mediadock-kept-2", older), kNow));

  ASSERT_EQ(requests.size(), 2U);
  EXPECT_TRUE(requests.at(1).starts_with("DELETE /up/mediadock-kept-2 "));
}

TEST(SweepUploads, LeavesFoldersThatMayBeInUse_Problem27) {
  EXPECT_EQ(sweep(listing(folder("mediadock-1", kYoung), kNow)).size(), 1U);
}

TEST(SweepUploads, LeavesAllWhereTheServersClockIsUnknown_Problem27) {
  EXPECT_EQ(sweep(listing(folder("mediadock-1", kOld), "")).size(), 1U);
}

TEST(SweepUploads, LeavesAllWhereItIsNotTold_Problem27) {
  EXPECT_EQ(sweep("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n").size(), 1U);
}

TEST(SweepUploads, DeletesFoldersOfAProcessThatWasKilled_Problem27) {
  auto killed = thisUploadOwner();
  killed.startedAt += 1;
  const auto name = "mediadock-" + toString(killed) + "-1";
  const auto ours = "mediadock-" + toString(thisUploadOwner()) + "-1";

  const auto requests = sweep(listing(folder(ours, kYoung) + folder(name, kYoung), kNow));

  ASSERT_EQ(requests.size(), 2U);
  EXPECT_TRUE(requests.at(1).starts_with("DELETE /up/" + name + " "));
}

TEST(UploadOwner, IsReadFromTheNameThatItGave) {
  EXPECT_EQ(parseUploadOwner(toString(thisUploadOwner()) + "-0123456789abcdef"), thisUploadOwner());
  for (const char* name : {"", "kept-0123", "0123456789abcdef0123456789abcdef", "12345678-x-1-r"}) {
    EXPECT_EQ(parseUploadOwner(name), std::nullopt) << name;
  }
}

TEST(UploadOwner, IsGoneWhereItsProcessIsAnotherNow) {
  auto owner = thisUploadOwner();
  EXPECT_FALSE(isGone(owner));
  owner.startedAt += 1;
  EXPECT_TRUE(isGone(owner));
}

TEST(UploadOwner, IsGoneWhereNoSuchProcessRuns) {
  auto owner = thisUploadOwner();
  // Linux gives no number as high.
  owner.processId = 1U << 23U;
  EXPECT_TRUE(isGone(owner));
}

TEST(UploadOwner, OfAnotherMachineIsNotKnownToBeGone) {
  auto owner = thisUploadOwner();
  owner.scope = owner.scope == "00000000" ? "11111111" : "00000000";
  owner.startedAt += 1;
  EXPECT_FALSE(isGone(owner));
}

class LeftUpload : public NextcloudChange {
 protected:
  /// An upload that is given up after its first chunk.
  void giveUp(std::unique_ptr<IWriteStream> stream) {
    put(*stream, std::string(2 * kChunk, 'x'));
    stream->flush();
    ASSERT_EQ(server_.openUploads().size(), 1U);
    stream->abort();
  }
};

TEST_F(LeftUpload, IsRemovedOnceTheServerIsBack_Problem27) {
  configure({{"retries", "0"}});
  auto stream = open({.path = StoragePath::parse("f")});
  server_.misbehave({.method = "DELETE", .action = scripted::answerPage(502), .times = 1});

  giveUp(std::move(stream));

  EXPECT_TRUE(server_.waitForRequests("DELETE", "/uploads/", 2));
  server_.waitUntilIdle();
  EXPECT_TRUE(server_.openUploads().empty());
}

TEST_F(LeftUpload, OfARefusingServerIsNotAskedForAgain_Problem27) {
  auto stream = open({.path = StoragePath::parse("f")});
  server_.misbehave(
      {.method = "DELETE",
       .action = scripted::answerDavError(403, "Sabre\\DAV\\Exception\\Forbidden", "no")});

  giveUp(std::move(stream));

  // At once, and once more beside the calls.
  EXPECT_TRUE(server_.waitForRequests("DELETE", "/uploads/", 2));
  provider_.reset();
  EXPECT_EQ(asked("DELETE", "/uploads/").size(), 2U);
}

class UploadSweepStart : public NextcloudChange {};

TEST_F(UploadSweepStart, IsWithTheFirstWriteAndOnce_Problem27) {
  write("f", "one");
  write("g", "two");

  EXPECT_TRUE(server_.waitForRequests("PROPFIND", "/uploads/", 1));
  provider_.reset();
  EXPECT_EQ(asked("PROPFIND", "/uploads/").size(), 1U);
}

TEST_F(UploadSweepStart, IsWithTheFirstCheckWhereThatComesFirst_Problem27) {
  provider_->check({});

  // The other one is of the trial of uploads.
  EXPECT_TRUE(server_.waitForRequests("PROPFIND", "/uploads/", 2));
}

TEST_F(UploadSweepStart, IsMadeUpForWhereTheServerFails_Problem27) {
  configure({{"retries", "0"}});
  server_.misbehave({.method = "PROPFIND",
                     .pathPart = "/uploads/",
                     .action = scripted::answerPage(502),
                     .times = 1});

  write("f", "one");

  EXPECT_TRUE(server_.waitForRequests("PROPFIND", "/uploads/", 2));
}

TEST_F(UploadSweepStart, EndsWithTheProvider_Problem27) {
  configure({{"io_timeout_s", "30"}});
  server_.misbehave({.method = "PROPFIND", .pathPart = "/uploads/", .action = scripted::Hang{}});
  write("f", "one");
  ASSERT_TRUE(server_.waitForRequests("PROPFIND", "/uploads/", 1));
  const auto begin = CallContext::Clock::now();

  provider_->shutdown();
  provider_.reset();

  EXPECT_LT(CallContext::Clock::now() - begin, std::chrono::seconds(2));
}

}  // namespace
}  // namespace mediadock::nextcloud
