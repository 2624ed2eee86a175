// What is found out where the answer to DELETE, MOVE or COPY is lost, and what locks cost.

#include "unit/nextcloud/writing/write_fixture.h"

namespace mediadock::nextcloud {
namespace {

using scripted::answerDavError;
using scripted::answerPage;
using scripted::WorkThenAnswer;

struct Lost {
  const char* name;
  std::optional<scripted::Answer> answer;
};

void PrintTo(const Lost& lost, std::ostream* out) {
  *out << lost.name;
}

class LostChange : public NextcloudChange, public testing::WithParamInterface<Lost> {
 protected:
  LostChange() {
    server_.putFile("folder/a", "first");
    server_.putFile("folder/b", "second");
  }

  void lose(const std::string& method) {
    server_.misbehave({.method = method, .action = WorkThenAnswer{GetParam().answer}});
  }
};

TEST_P(LostChange, ARemovalIsFoundDone_D12_Problem40) {
  lose("DELETE");

  provider_->remove(StoragePath::parse("folder"), {.recursive = true}, {});

  EXPECT_EQ(asked("DELETE").size(), 1U);
  EXPECT_TRUE(server_.listTree().empty());
}

TEST_P(LostChange, AMoveOfAFolderIsFoundDone_V10_Problem40) {
  const auto before = provider_->stat(StoragePath::parse("folder"), {});
  lose("MOVE");

  const auto entry = provider_->move(StoragePath::parse("folder"), StoragePath::parse("new"),
                                     Overwrite::Never, {});

  EXPECT_EQ(entry.fileId, before->fileId);
  EXPECT_EQ(asked("MOVE").size(), 1U);
  EXPECT_TRUE(server_.exists("new/b"));
}

TEST_P(LostChange, ACopyIsFoundDone_V10) {
  lose("COPY");

  const auto entry = provider_->copy(StoragePath::parse("folder/a"), StoragePath::parse("c"),
                                     Overwrite::Never, {});

  EXPECT_EQ(entry.path.str(), "c");
  EXPECT_EQ(asked("COPY").size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(ChangeOutcome, LostChange,
                         testing::Values(Lost{"Gateway502", answerPage(502).answer},
                                         Lost{"Gateway504", answerPage(504).answer},
                                         Lost{"Reset", std::nullopt}),
                         [](const auto& tested) { return tested.param.name; });

class ChangeOutcome : public NextcloudChange {
 protected:
  ChangeOutcome() {
    server_.putFile("a", "first");
    server_.putFile("b", "second");
  }

  const StoragePath a_ = StoragePath::parse("a");
  const StoragePath b_ = StoragePath::parse("b");
  const StoragePath c_ = StoragePath::parse("c");
};

TEST_F(ChangeOutcome, ARemovalThatNeverComesToAnythingIsUnknown_D12) {
  server_.misbehave({.method = "DELETE", .action = answerPage(504)});

  const auto failure = failureOf([&] { provider_->remove(a_, {}, {}); });

  EXPECT_EQ(failure.retry, Retry::OutcomeUnknown);
  EXPECT_EQ(asked("DELETE").size(), 5U);
  EXPECT_TRUE(server_.exists("a"));
}

TEST_F(ChangeOutcome, AMoveThatNeverComesToAnythingIsUnknown_V10) {
  server_.misbehave({.method = "MOVE", .action = answerPage(504)});

  const auto failure = failureOf([&] { provider_->move(a_, c_, Overwrite::Never, {}); });

  EXPECT_EQ(failure.retry, Retry::OutcomeUnknown);
  EXPECT_EQ(asked("MOVE").size(), 5U);
}

TEST_F(ChangeOutcome, ACopyThatCameToNothingIsUnknownThoughAFileStandsThere_V10) {
  server_.misbehave({.method = "COPY", .action = answerPage(504)});

  const auto failure = failureOf([&] { provider_->copy(a_, b_, Overwrite::Replace, {}); });

  EXPECT_EQ(failure.retry, Retry::OutcomeUnknown);
  EXPECT_EQ(server_.readFile("b"), "second");
}

TEST_F(ChangeOutcome, LookingEndsWithTheCall_V10) {
  configure({{"io_timeout_s", "30"}});
  server_.misbehave({.method = "MOVE", .action = answerPage(504)});
  const auto deadline = CallContext::Clock::now() + std::chrono::milliseconds(500);

  const auto failure =
      failureOf([&] { provider_->move(a_, c_, Overwrite::Never, {.deadline = deadline}); });

  EXPECT_EQ(failure.retry, Retry::OutcomeUnknown);
  EXPECT_LT(CallContext::Clock::now(), deadline + std::chrono::seconds(1));
}

TEST_F(ChangeOutcome, APartialRemovalNamesWhatIsLeft_D07_Problem26) {
  scripted::Answer answer{.status = 207};
  answer.set("Content-Type", "application/xml; charset=utf-8");
  answer.body =
      "<d:multistatus xmlns:d='DAV:'><d:response><d:href>/remote.php/dav/files/console/a</d:href>"
      "<d:status>HTTP/1.1 423 Locked</d:status></d:response></d:multistatus>";
  server_.misbehave({.method = "DELETE", .action = scripted::AnswerWith{answer}});

  const auto failure = failureOf([&] { provider_->remove(a_, {}, {}); });

  EXPECT_EQ(failure.code, StorageErrc::Locked);
  EXPECT_NE(failure.message.find("/console/a"), std::string::npos);
  EXPECT_EQ(asked("DELETE").size(), 1U);
}

TEST_F(ChangeOutcome, ALockedMoveIsWaitedFor_Trap05_Problem05) {
  server_.misbehave({.method = "MOVE",
                     .action = answerDavError(500, "OCP\\Lock\\LockedException", "is locked"),
                     .times = 2});

  provider_->move(a_, c_, Overwrite::Never, {});

  EXPECT_EQ(server_.readFile("c"), "first");
}

TEST_F(ChangeOutcome, ALockThatStaysIsSaidInTime_Problem05) {
  const auto lock = server_.lockFile("a");
  const auto deadline = CallContext::Clock::now() + std::chrono::milliseconds(500);

  EXPECT_THAT([&] { provider_->remove(a_, {}, {.deadline = deadline}); },
              ThrowsStorageError(StorageErrc::Locked));

  EXPECT_TRUE(server_.exists("a"));
}

TEST_F(ChangeOutcome, EveryMoveSaysWhetherItMayReplace_Trap04) {
  provider_->move(a_, c_, Overwrite::Never, {});
  provider_->move(c_, b_, Overwrite::Replace, {});

  EXPECT_EQ(field(asked("MOVE").at(0), "overwrite"), "F");
  EXPECT_EQ(field(asked("MOVE").at(1), "overwrite"), "T");
}

TEST_F(ChangeOutcome, AFileNeverReplacesAFolder_Trap04) {
  server_.putFile("folder/x", "x");

  EXPECT_THAT([&] { provider_->move(a_, StoragePath::parse("folder"), Overwrite::Replace, {}); },
              ThrowsStorageError(StorageErrc::AlreadyExists));

  EXPECT_TRUE(asked("MOVE").empty());
}

}  // namespace
}  // namespace mediadock::nextcloud
