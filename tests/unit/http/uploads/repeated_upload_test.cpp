/// \file
/// Uploads with an `Idempotency-Key`.

#include "unit/http/endpoints_fixture.h"

#include <gmock/gmock.h>

#include <condition_variable>
#include <mutex>
#include <thread>

namespace mediadock::http {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kKey = "Idempotency-Key: \"8e03978e-40d5-43e8-bc93-6894a57f9324\"\r\n";
constexpr const char* kSameKeyBare = "Idempotency-Key: 8e03978e-40d5-43e8-bc93-6894a57f9324\r\n";

FormBody form(const std::string& content = "x") {
  return FormBody().field("path", "A").field("csrf", "1").file("a.png", content);
}

TEST_F(Endpoints, U29RepeatedUploadGivesTheSameAnswer) {
  const auto first = upload(form(), kKey);

  const auto again = upload(form(), kSameKeyBare);

  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(again.header("Location"), first.header("Location"));
  EXPECT_THAT(world.files(), ElementsAre("A/a.png"));
  world.expectInStep();
}

TEST_F(Endpoints, U29RepeatedUploadMayComeInAnotherForm) {
  const auto first = upload(form(), kKey);

  const auto again = upload(FormBody().file("a.png", "x").field("path", "A"), kKey);

  EXPECT_EQ(again.body, first.body);
}

TEST_F(Endpoints, U29UploadOfSomethingElseUnderAKeyIsRefused) {
  upload(form(), kKey);

  EXPECT_EQ(upload(form("y"), kKey).status, 422);
  EXPECT_EQ(upload(FormBody().field("path", "B").file("a.png", "x"), kKey).status, 422);
  EXPECT_THAT(world.files(), ElementsAre("A/a.png"));
}

TEST_F(Endpoints, U29RepeatedUploadGivesAllRecordsOfAForm) {
  const auto both = form().file("b.png", "y");
  const auto first = upload(both, kKey);

  EXPECT_EQ(upload(both, kKey).body, first.body);
  EXPECT_EQ(upload(form(), kKey).status, 422);
}

TEST_F(Endpoints, RepeatedUploadHoldsToTheConditionThatTheFirstOneMet) {
  const std::string headers = std::string("If-None-Match: *\r\n") + kKey;

  EXPECT_EQ(upload(form(), headers).status, 201);
  EXPECT_EQ(upload(form(), headers).status, 201);
}

TEST_F(Endpoints, RepeatedUploadIsCheckedAgainstItsDigest) {
  const auto broken =
      FormBody().field("path", "A").field("sha256", std::string(64, '0')).file("a.png", "x");
  upload(form(), kKey);

  EXPECT_EQ(upload(broken, kKey).status, 400);
}

TEST_F(Endpoints, RepeatedUploadOfARemovedFileIsAConflict) {
  upload(form(), kKey);
  connect().exchange("DELETE", fileTarget("A/a.png"));

  EXPECT_EQ(upload(form(), kKey).status, 409);
  EXPECT_THAT(world.files(), IsEmpty());
}

TEST_F(Endpoints, UploadThatFailedLeavesItsKeyFree) {
  EXPECT_EQ(upload(FormBody().file("a.png", "x"), kKey).status, 400);
  EXPECT_EQ(upload(form(), kKey).status, 201);
}

TEST_F(Endpoints, UploadRefusesAKeyThatIsNone) {
  for (const std::string& key : {std::string(), std::string("\"\""), std::string("a b"),
                                 std::string(256, 'k'), std::string("\xC3\xA9")}) {
    EXPECT_EQ(upload(form(), "Idempotency-Key: " + key + "\r\n").status, 400) << key;
  }
  EXPECT_EQ(upload(form(), std::string(kKey) + kSameKeyBare).status, 400);
  EXPECT_EQ(upload(form(), "Idempotency-Key: " + std::string(255, 'k') + "\r\n").status, 201);
}

TEST_F(Endpoints, U29UploadUnderAKeyInUseIsRefusedBeforeItsBody) {
  std::mutex mutex;
  std::condition_variable changed;
  bool isCommitting = false;
  bool mayGoOn = false;
  world.onStep([&](const std::string& step) {
    if (step == "before commit") {
      std::unique_lock lock(mutex);
      isCommitting = true;
      changed.notify_all();
      changed.wait_for(lock, std::chrono::seconds(10), [&] { return mayGoOn; });
    }
  });
  std::jthread first([&] { EXPECT_EQ(upload(form(), kKey).status, 201); });
  {
    std::unique_lock lock(mutex);
    ASSERT_TRUE(changed.wait_for(lock, std::chrono::seconds(10), [&] { return isCommitting; }));
  }

  auto client = connect();
  client.send("POST /api/crm/storage/upload HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n" +
              std::string(FormBody::kContentType) + kKey + "\r\n");
  const auto second = client.receive();

  EXPECT_EQ(second.status, 409);
  EXPECT_THAT(second.body, HasSubstr("at work"));
  {
    const std::lock_guard lock(mutex);
    mayGoOn = true;
  }
  changed.notify_all();
}

}  // namespace
}  // namespace mediadock::http
