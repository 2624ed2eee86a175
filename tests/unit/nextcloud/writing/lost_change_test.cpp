// A change that one failure keeps from being done is sent again while its bytes are at hand.

#include "unit/nextcloud/writing/temporary_write_fixture.h"

#include <chrono>
#include <stop_token>
#include <thread>

namespace mediadock::nextcloud {
namespace {

using scripted::answerDavError;
using scripted::answerPage;
using scripted::CloseBeforeAnswer;
using scripted::Hang;

struct Loss {
  const char* name;
  scripted::Action action;
};

void PrintTo(const Loss& loss, std::ostream* out) {
  *out << loss.name;
}

/// On the way there: nothing was done.
class LostOnTheWay : public TemporaryWrite, public testing::WithParamInterface<Loss> {
 protected:
  LostOnTheWay() {
    server_.putFile("folder/a", "first");
    // As long as a server is waited for by default.
    configure({{"io_timeout_s", "60"}});
  }

  void lose(const std::string& method, const std::string& pathPart = {}) {
    server_.misbehave(
        {.method = method, .pathPart = pathPart, .action = GetParam().action, .times = 1});
    began_ = std::chrono::steady_clock::now();
  }

  /// Expects `method` to have been sent twice, and soon.
  void expectSentAgain(const std::string& method, const std::string& pathPart = {}) {
    EXPECT_EQ(asked(method, pathPart).size(), 2U);
    EXPECT_LT(std::chrono::steady_clock::now() - began_, std::chrono::seconds(10));
  }

  const StoragePath a_ = StoragePath::parse("folder/a");

 private:
  std::chrono::steady_clock::time_point began_;
};

TEST_P(LostOnTheWay, ASmallFileIsSentAgain) {
  lose("PUT");

  write(WriteTarget{.path = StoragePath::parse("f"), .ifAbsent = true}, "small");

  EXPECT_EQ(server_.readFile("f"), "small");
  expectSentAgain("PUT");
}

TEST_P(LostOnTheWay, AReplacementIsSentAgain) {
  lose("PUT", "/uploads/");

  write("folder/a", "second");

  EXPECT_EQ(server_.readFile("folder/a"), "second");
  expectSentAgain("PUT", "/uploads/");
}

TEST_P(LostOnTheWay, AnUploadFolderIsMadeAgain) {
  lose("MKCOL", "/uploads/");

  write("folder/a", "second");

  EXPECT_EQ(server_.readFile("folder/a"), "second");
  expectSentAgain("MKCOL", "/uploads/");
}

TEST_P(LostOnTheWay, TheLastMoveOfAnUploadIsSentAgain) {
  lose("MOVE");

  write("folder/a", "second");

  EXPECT_EQ(server_.readFile("folder/a"), "second");
  expectSentAgain("MOVE");
}

TEST_P(LostOnTheWay, AFolderIsMadeAgain) {
  lose("MKCOL", "/new");

  EXPECT_TRUE(provider_->makeDirectory(StoragePath::parse("new"), {}));

  expectSentAgain("MKCOL", "/new");
}

TEST_P(LostOnTheWay, ARemovalIsSentAgain) {
  lose("DELETE");

  provider_->remove(a_, {}, {});

  EXPECT_FALSE(server_.exists("folder/a"));
  expectSentAgain("DELETE");
}

TEST_P(LostOnTheWay, AMoveIsSentAgain) {
  lose("MOVE");

  provider_->move(a_, StoragePath::parse("b"), Overwrite::Never, {});

  EXPECT_EQ(server_.listTree(), (std::vector<std::string>{"b", "folder/"}));
  expectSentAgain("MOVE");
}

TEST_P(LostOnTheWay, ACopyIsSentAgain) {
  lose("COPY");

  provider_->copy(a_, StoragePath::parse("b"), Overwrite::Never, {});

  EXPECT_EQ(server_.readFile("b"), "first");
  expectSentAgain("COPY");
}

TEST_P(LostOnTheWay, ASmallFileIsSentAgainToAPlainServer) {
  lose("PUT");
  const std::string text = "small";
  const auto stream = openPlain("f", {.size = text.size()});
  put(*stream, text);

  stream->commit();

  EXPECT_EQ(server_.listTree(), (std::vector<std::string>{"f", "folder/", "folder/a"}));
  expectSentAgain("PUT");
}

TEST_P(LostOnTheWay, ASpooledFileIsSentAgainToAPlainServer) {
  lose("PUT");
  const std::string text(3 * kChunk, 'x');

  writePlain(text);

  EXPECT_EQ(server_.readFile("f"), text);
  expectSentAgain("PUT");
}

TEST_P(LostOnTheWay, TheLastMoveIsSentAgainToAPlainServer) {
  lose("MOVE");

  writePlain("text");

  EXPECT_EQ(server_.listTree(), (std::vector<std::string>{"f", "folder/", "folder/a"}));
  expectSentAgain("MOVE");
}

INSTANTIATE_TEST_SUITE_P(LostChange, LostOnTheWay,
                         testing::Values(Loss{"Gateway502", answerPage(502)},
                                         Loss{"Gateway504", answerPage(504)},
                                         Loss{"Fault500", answerPage(500)},
                                         Loss{"Dropped", CloseBeforeAnswer{}}),
                         [](const auto& tested) { return tested.param.name; });

class RepeatedChange : public NextcloudChange {
 protected:
  RepeatedChange() { server_.putFile("a", "first"); }

  const StoragePath a_ = StoragePath::parse("a");
};

TEST_F(RepeatedChange, ARefusalOfTheSecondIsCertain) {
  server_.misbehave({.method = "DELETE", .action = answerPage(502), .times = 1});
  server_.misbehave({.method = "DELETE",
                     .action = answerDavError(403, "Sabre\\DAV\\Exception\\Forbidden", "read-only"),
                     .skip = 1});

  const auto failure = failureOf([&] { provider_->remove(a_, {}, {}); });

  EXPECT_EQ(failure.code, StorageErrc::PermissionDenied);
  EXPECT_EQ(failure.retry, Retry::Never);
  EXPECT_TRUE(server_.exists("a"));
}

TEST_F(RepeatedChange, AFirstThatTookEffectLateIsDone) {
  server_.misbehave({.method = "DELETE", .action = answerPage(502), .times = 1});
  server_.misbehave(
      {.method = "DELETE",
       .action =
           scripted::WorkThenAnswer{
               answerDavError(404, "Sabre\\DAV\\Exception\\NotFound", "not found").answer},
       .skip = 1});

  provider_->remove(a_, {}, {});

  EXPECT_EQ(asked("DELETE").size(), 2U);
  EXPECT_FALSE(server_.exists("a"));
}

TEST_F(RepeatedChange, IsNotSentWhereAnotherFileStandsThereNow) {
  server_.misbehave({.method = "PUT", .action = answerPage(502)});
  const auto stream = open({.path = StoragePath::parse("f"), .ifAbsent = true});
  put(*stream, "small");
  server_.putFile("f", "another's", 1500000000);

  const auto failure = failureOf([&] { stream->commit(); });

  EXPECT_EQ(failure.retry, Retry::OutcomeUnknown);
  EXPECT_EQ(asked("PUT").size(), 1U);
  EXPECT_EQ(server_.readFile("f"), "another's");
}

TEST_F(RepeatedChange, WaitsForAServerThatCannotBeLookedAt) {
  configure({{"io_timeout_s", "30"}});
  provider_->stat(a_, {});
  server_.misbehave({.method = "DELETE", .action = answerPage(502), .times = 1});
  server_.misbehave(
      {.method = "PROPFIND", .pathPart = "/a", .action = answerPage(502), .skip = 1, .times = 5});

  provider_->remove(a_, {}, {});

  EXPECT_FALSE(server_.exists("a"));
}

TEST_F(RepeatedChange, CancelledWhileItIsLookedAtIsUnknown) {
  configure({{"io_timeout_s", "30"}});
  std::stop_source cancel;
  server_.misbehave({.method = "DELETE", .action = Hang{}});
  const std::jthread canceller([&] {
    server_.waitForRequests("DELETE", "/a", 1);
    cancel.request_stop();
  });

  const auto failure =
      failureOf([&] { provider_->remove(a_, {}, {.cancellation = cancel.get_token()}); });

  EXPECT_EQ(failure.code, StorageErrc::Cancelled);
  EXPECT_EQ(failure.retry, Retry::OutcomeUnknown);
}

TEST_F(RepeatedChange, AMoveThatIsDoneButCannotBeLookedAtIsUnknown) {
  configure({{"retries", "1"}});
  server_.misbehave({.method = "PROPFIND", .pathPart = "/b", .action = answerPage(503)});

  const auto failure =
      failureOf([&] { provider_->move(a_, StoragePath::parse("b"), Overwrite::Never, {}); });

  EXPECT_EQ(failure.retry, Retry::OutcomeUnknown);
  EXPECT_TRUE(server_.exists("b"));
}

}  // namespace
}  // namespace mediadock::nextcloud
