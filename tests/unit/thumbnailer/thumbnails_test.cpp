#include "media/thumbnails/thumbnails.h"

#include "support/pictures.h"
#include "support/storage_error_matcher.h"
#include "unit/media/media_fixture.h"

#include <gmock/gmock.h>

#include <atomic>
#include <future>
#include <latch>
#include <thread>

namespace mediadock::thumbnailer {
namespace {

CallContext dueAfter(std::chrono::milliseconds time) {
  CallContext context;
  context.deadline = CallContext::Clock::now() + time;
  return context;
}

CallContext patient() {
  return dueAfter(std::chrono::seconds(50));
}

class ThumbnailsTest : public testing::Test {
 protected:
  ThumbnailsTest() {
    world.thumbnails.program = MEDIADOCK_THUMBNAILER;
    world.thumbnails.cache = std::make_shared<cache::BlobCache>(
        cache::BlobCacheSettings{world.folder.path() / "cache", 10'000'000});
    restart();
    world.put("a.jpg"_path, redAndBlue(400, 300, ".jpg"));
  }

  void restart() {
    world.restart();
    world.onStep([this](const std::string& step) { onStep(step); });
  }

  void onStep(const std::string& step) {
    if (step == "before openRead") {
      ++reads;
      if (const auto act = beforeRead) {
        act();
      }
    }
  }

  media::ThumbnailRequest request(const StoragePath& path) {
    const auto file = world.storage->stat(path, {});
    return {.file = *file, .version = file->etag->value, .size = 64};
  }

  media::Thumbnail get(const StoragePath& path, const CallContext& context = patient()) {
    return world.service->thumbnails().get(request(path), context);
  }

  media::MediaWorld world;
  std::atomic<int> reads = 0;
  std::function<void()> beforeRead;
};

TEST_F(ThumbnailsTest, AreMadeOnceAndKept) {
  const media::Thumbnail made = get("a.jpg"_path);
  const media::Thumbnail cached = get("a.jpg"_path);

  ASSERT_TRUE(made.bytes);
  EXPECT_EQ(factsOf(*made.bytes).width, 64);
  ASSERT_TRUE(cached.cached);
  EXPECT_EQ(cached.cached->length(), made.bytes->size());
  EXPECT_EQ(reads, 1);
}

TEST_F(ThumbnailsTest, AreMadeAgainWhereTheCacheIsDeleted) {
  get("a.jpg"_path);
  std::filesystem::remove_all(world.folder.path() / "cache");

  EXPECT_TRUE(get("a.jpg"_path).bytes);
  EXPECT_TRUE(get("a.jpg"_path).cached);
}

TEST_F(ThumbnailsTest, AreMadeEachTimeWithoutACache) {
  world.thumbnails.cache = nullptr;
  restart();

  EXPECT_TRUE(get("a.jpg"_path).bytes);
  EXPECT_TRUE(get("a.jpg"_path).bytes);
  EXPECT_EQ(reads, 2);
}

TEST_F(ThumbnailsTest, AreOfOneVersionSizeAndFormat) {
  get("a.jpg"_path);
  media::ThumbnailRequest larger = request("a.jpg"_path);
  larger.size = 128;
  media::ThumbnailRequest webp = request("a.jpg"_path);
  webp.format = media::ThumbnailFormat::Webp;

  EXPECT_TRUE(world.service->thumbnails().get(larger, patient()).bytes);
  EXPECT_TRUE(world.service->thumbnails().get(webp, patient()).bytes);
  world.put("a.jpg"_path, redAndBlue(100, 300, ".jpg"));
  EXPECT_EQ(factsOf(*get("a.jpg"_path).bytes).height, 64);
}

TEST_F(ThumbnailsTest, KeepInMindWhatIsNoPicture) {
  world.put("text.jpg"_path, "text");
  world.put("bomb.png"_path, pngOfSize(50000, 50000));

  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(get("text.jpg"_path).verdict, media::RenderVerdict::NoPicture);
    EXPECT_EQ(get("bomb.png"_path).verdict, media::RenderVerdict::TooMuch);
  }
  EXPECT_EQ(reads, 2);
}

TEST_F(ThumbnailsTest, AreNotMadeOfHugeFiles) {
  world.thumbnails.maxSourceBytes = 100;
  restart();

  EXPECT_EQ(get("a.jpg"_path).verdict, media::RenderVerdict::TooMuch);
  EXPECT_EQ(reads, 0);
}

TEST_F(ThumbnailsTest, AreNotMadeOfAFileThatWasChangedMeanwhile) {
  media::ThumbnailRequest old = request("a.jpg"_path);
  world.put("a.jpg"_path, redAndBlue(100, 300, ".jpg"));

  EXPECT_THAT([&] { world.service->thumbnails().get(old, patient()); },
              ThrowsStorageError(StorageErrc::Unavailable));
}

TEST_F(ThumbnailsTest, AreMadeOnceForManyWhoAskAtOnce) {
  constexpr int kMany = 12;
  std::latch start(kMany);
  std::vector<std::future<media::RenderVerdict>> all;
  for (int i = 0; i < kMany; ++i) {
    all.push_back(std::async(std::launch::async, [&] {
      start.arrive_and_wait();
      return get("a.jpg"_path).verdict;
    }));
  }

  for (auto& one : all) {
    EXPECT_EQ(one.get(), media::RenderVerdict::Picture);
  }
  EXPECT_EQ(reads, 1);
}

/// Holds the first who reads until it is told to go on.
class HeldThumbnails : public ThumbnailsTest {
 protected:
  HeldThumbnails() {
    beforeRead = [this] {
      if (reads == 1) {
        reading.set_value();
        goOn.get_future().wait();
        if (failure) {
          throw StorageError(*failure, "injected");
        }
      }
    };
  }

  /// Returns once it is at work.
  std::future<media::Thumbnail> startFirst() {
    auto first = std::async(std::launch::async, [this] { return get("a.jpg"_path); });
    reading.get_future().wait();
    return first;
  }

  /// Returns once somebody waits for the first.
  void waitForASecond() {
    while (world.service->thumbnails().waiting() == 0) {
      std::this_thread::yield();
    }
  }

  std::promise<void> reading;
  std::promise<void> goOn;
  std::optional<StorageErrc> failure;
};

TEST_F(HeldThumbnails, KeepNobodyBeyondTheirDeadline) {
  auto first = startFirst();

  EXPECT_THAT([this] { get("a.jpg"_path, dueAfter(std::chrono::milliseconds(50))); },
              ThrowsStorageError(StorageErrc::Timeout));

  EXPECT_EQ(reads, 1);
  goOn.set_value();
  EXPECT_EQ(first.get().verdict, media::RenderVerdict::Picture);
}

TEST_F(HeldThumbnails, KeepNobodyWhoWasCancelled) {
  auto first = startFirst();
  std::stop_source stop;
  CallContext context = patient();
  context.cancellation = stop.get_token();
  auto second = std::async(std::launch::async, [&] { return get("a.jpg"_path, context); });
  waitForASecond();

  stop.request_stop();

  EXPECT_THAT([&] { second.get(); }, ThrowsStorageError(StorageErrc::Cancelled));
  goOn.set_value();
  first.get();
}

TEST_F(HeldThumbnails, AreMadeByTheNextWhereTheFirstGivesUp) {
  failure = StorageErrc::Timeout;
  auto first = startFirst();
  auto second = std::async(std::launch::async, [this] { return get("a.jpg"_path); });
  waitForASecond();

  goOn.set_value();

  EXPECT_THAT([&] { first.get(); }, ThrowsStorageError(StorageErrc::Timeout));
  EXPECT_EQ(second.get().verdict, media::RenderVerdict::Picture);
  EXPECT_EQ(reads, 2);
}

TEST_F(HeldThumbnails, AreRefusedWhereTooManyWait) {
  world.thumbnails.atOnce = 1;
  world.thumbnails.waiting = 0;
  restart();
  world.put("b.jpg"_path, redAndBlue(40, 30, ".jpg"));
  auto first = startFirst();

  try {
    get("b.jpg"_path);
    ADD_FAILURE() << "was not refused";
  } catch (const StorageError& error) {
    EXPECT_EQ(error.code(), StorageErrc::Unavailable);
    EXPECT_EQ(error.failure().retryAfter, std::chrono::seconds(2));
  }

  goOn.set_value();
  first.get();
  EXPECT_EQ(get("b.jpg"_path).verdict, media::RenderVerdict::Picture);
}

TEST_F(HeldThumbnails, WaitInLineForAPlace) {
  world.thumbnails.atOnce = 1;
  restart();
  world.put("b.jpg"_path, redAndBlue(40, 30, ".jpg"));
  auto first = startFirst();

  EXPECT_THAT([this] { get("b.jpg"_path, dueAfter(std::chrono::milliseconds(50))); },
              ThrowsStorageError(StorageErrc::Timeout));

  EXPECT_EQ(reads, 1);
  goOn.set_value();
  first.get();
}

}  // namespace
}  // namespace mediadock::thumbnailer
