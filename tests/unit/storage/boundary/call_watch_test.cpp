#include "storage/boundary/call_watch.h"

#include "storage/loading/provider_registry.h"
#include "support/silent_log.h"
#include "support/storage_error_matcher.h"
#include "support/temp_directory.h"
#include "unit/storage/boundary/plain_call.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <future>
#include <string>
#include <thread>

namespace mediadock::storage {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class Told final : public ILostCallHandler {
 public:
  void onLostCall(const LostCall& call) noexcept override { call_.set_value(call); }

  LostCall wait() { return call_.get_future().get(); }

 private:
  std::promise<LostCall> call_;
};

/// A plugin of which one call hangs until the test lets go.
class CallWatchTest : public testing::Test {
 protected:
  ~CallWatchTest() override {
    letGo();
    thread_.join();
    EXPECT_EQ(lostCalls(), 0U);
    limitLostCalls(kMostLostCalls);
  }

  std::shared_ptr<IStorageProvider> open(const std::string& call) {
    return registry_.open(
        "hanging", Settings(Settings::Values{{"call", call}, {"until", letGo_.string()}}), log_);
  }

  /// Runs `work` on a thread whose lost call `told` hears of.
  void run(std::function<void()> work) {
    thread_ = std::thread([this, work = std::move(work)] {
      const LostCallScope scope(told);
      isBegun_.set_value();
      work();
    });
    isBegun_.get_future().wait();
  }

  void letGo() { std::ofstream file(letGo_); }

  /// Gives up until a call was there to be given up.
  LostCall giveUpNow() {
    auto lost = std::async(std::launch::async, [this] { return told.wait(); });
    while (lost.wait_for(std::chrono::milliseconds(1)) != std::future_status::ready) {
      giveUpCalls();
    }
    return lost.get();
  }

  static CallContext within(std::chrono::milliseconds time) {
    return {.deadline = CallContext::Clock::now() + time};
  }

  Told told;

 private:
  SilentLog log_;
  TempDirectory folder_;
  std::filesystem::path letGo_ = folder_.path() / "let-go";
  ProviderRegistry registry_{{MEDIADOCK_TEST_PLUGINS}};
  std::promise<void> isBegun_;
  std::thread thread_;
};

TEST_F(CallWatchTest, GivesUpACallThatOutlivesItsDeadline) {
  const auto provider = open("stat");
  const auto start = std::chrono::steady_clock::now();
  run([provider] { provider->stat(kFile, within(std::chrono::milliseconds(100))); });

  const LostCall call = told.wait();

  EXPECT_GE(std::chrono::steady_clock::now() - start, kCallGrace);
  EXPECT_EQ(lostCalls(), 1U);
  EXPECT_THAT(call.str(),
              AllOf(HasSubstr("'hanging'"), HasSubstr("stat"), HasSubstr("'folder/file'")));
}

TEST_F(CallWatchTest, GivesUpACallOfAStreamThatStandsStill) {
  const auto provider = open("read");
  run([provider] {
    std::byte byte{};
    provider->openRead(kFile, {}, {.idleLimit = std::chrono::milliseconds(50)})->read({&byte, 1});
  });

  EXPECT_EQ(told.wait().operation, "read");
}

TEST_F(CallWatchTest, SeesAStreamThatDoesNotClose) {
  const auto provider = open("close");
  run([provider] { provider->openRead(kFile, {}, {}); });

  EXPECT_EQ(giveUpNow().operation, "close");
}

TEST_F(CallWatchTest, SeesAFactoryThatHangs) {
  run([&] { open("factory"); });

  EXPECT_EQ(giveUpNow().operation, "its factory");
}

TEST_F(CallWatchTest, CountsACallNoLongerThatReturnsAfterAll) {
  const auto provider = open("stat");
  std::promise<void> isBack;
  run([provider, &isBack] {
    provider->stat(kFile, {});
    isBack.set_value();
  });
  giveUpNow();
  EXPECT_EQ(lostCalls(), 1U);

  letGo();
  isBack.get_future().wait();

  EXPECT_EQ(lostCalls(), 0U);
}

TEST_F(CallWatchTest, BeginsNoCallWhereTooManyAreLost) {
  const auto provider = open("stat");
  limitLostCalls(1);
  run([provider] { provider->stat(kFile, {}); });
  giveUpNow();

  EXPECT_THAT([&] { provider->check({}); }, ThrowsStorageError(StorageErrc::Unavailable));
}

}  // namespace
}  // namespace mediadock::storage
