#include "media/rules/first_check.h"

#include "mediadock/storage_error.h"
#include "unit/media/media_fixture.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <thread>
#include <vector>

namespace mediadock::media {
namespace {

class FirstCheckTest : public testing::Test {
 protected:
  /// The storage, counting its checks.
  std::shared_ptr<IStorageProvider> counted() {
    return intercept(world_.storage, [this](const std::string& step) {
      if (step == "before check") {
        ++checks_;
        onCheck_();
      }
    });
  }

  MediaWorld world_;
  std::atomic<int> checks_ = 0;
  std::function<void()> onCheck_ = [] {};
};

TEST_F(FirstCheckTest, IsMadeOnce) {
  const auto storage = counted();
  FirstCheck first(*storage);

  first.ensure();
  first.ensure();

  EXPECT_EQ(checks_, 1);
}

TEST_F(FirstCheckTest, IsWaitedForByAllThatComeMeanwhile) {
  const auto storage = counted();
  FirstCheck first(*storage);
  constexpr int kCallers = 6;
  std::latch arrived(kCallers);
  std::atomic<bool> hasEnded = false;
  onCheck_ = [&] {
    arrived.wait();
    hasEnded = true;
  };
  std::atomic<int> early = 0;
  {
    std::vector<std::jthread> callers;
    for (int i = 0; i < kCallers; ++i) {
      callers.emplace_back([&] {
        arrived.count_down();
        first.ensure();
        early += hasEnded ? 0 : 1;
      });
    }
  }

  EXPECT_EQ(checks_, 1);
  EXPECT_EQ(early, 0);
}

TEST_F(FirstCheckTest, ThatFailsIsNotMadeAgainByEachCall) {
  const auto storage = counted();
  FirstCheck first(*storage);
  onCheck_ = [] { throw StorageError(StorageErrc::Connection, "injected"); };

  for (int i = 0; i < 10; ++i) {
    first.ensure();
  }

  EXPECT_EQ(checks_, 1);
}

TEST_F(FirstCheckTest, ComesBeforeAnythingIsDecidedByAbilities) {
  for (const auto& call : std::vector<std::function<void()>>{
           [&] { world_.service->capabilities(); },
           [&] { world_.service->thumbnails(); },
           [&] { world_.service->uploads().start("a", {.folder = "x"_path}, world_.context); },
           [&] { world_.service->remove("a"_path, {.ifMatch = ETag{"v"}}, world_.context); },
       }) {
    world_.restart();
    world_.put("a"_path);
    int checks = 0;
    world_.onStep([&](const std::string& step) { checks += step == "before check" ? 1 : 0; });
    try {
      call();
    } catch (const StorageError&) {
    }
    EXPECT_EQ(checks, 1);
  }
}

}  // namespace
}  // namespace mediadock::media
