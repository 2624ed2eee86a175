#include "mediadock/storage_error.h"
#include "unit/media/media_fixture.h"

#include <gmock/gmock.h>

#include <atomic>
#include <barrier>
#include <mutex>
#include <set>
#include <thread>

namespace mediadock::media {
namespace {

constexpr int kUploads = 20;

struct Outcome {
  std::set<std::string> paths;
  int alreadyExists = 0;
};

/// Starts all uploads of one name before it commits the first.
Outcome uploadAtOnce(MediaWorld& world, OnConflict onConflict) {
  Outcome outcome;
  std::mutex mutex;  // Guards outcome.
  std::barrier started(kUploads);
  std::vector<std::jthread> threads;
  for (int i = 0; i < kUploads; ++i) {
    threads.emplace_back([&] {
      const UploadFields fields{.folder = "a"_path, .onConflict = onConflict};
      const auto upload = world.service->uploads().start("photo.jpg", fields, world.context);
      started.arrive_and_wait();
      try {
        const auto record = upload->commit(fields);
        const std::lock_guard lock(mutex);
        outcome.paths.insert(record.path.str());
      } catch (const StorageError& error) {
        const std::lock_guard lock(mutex);
        outcome.alreadyExists += error.code() == StorageErrc::AlreadyExists ? 1 : 0;
      }
    });
  }
  threads.clear();
  return outcome;
}

TEST(ParallelUploads, GetANameEachWithRename) {
  MediaWorld world;

  const auto outcome = uploadAtOnce(world, OnConflict::Rename);

  EXPECT_THAT(outcome.paths, testing::SizeIs(kUploads));
  EXPECT_THAT(outcome.paths, testing::Contains("a/photo.jpg"));
  EXPECT_THAT(outcome.paths, testing::Contains("a/photo (20).jpg"));
  world.expectInStep();
}

TEST(ParallelUploads, GetANameEachWhereTheStorageCannotCreateOnly) {
  MediaWorld world("write_if_absent");

  const auto outcome = uploadAtOnce(world, OnConflict::Rename);

  EXPECT_THAT(outcome.paths, testing::SizeIs(kUploads));
  world.expectInStep();
}

TEST(ParallelUploads, LetOneThroughWithFail) {
  MediaWorld world;

  const auto outcome = uploadAtOnce(world, OnConflict::Fail);

  EXPECT_THAT(outcome.paths, testing::ElementsAre("a/photo.jpg"));
  EXPECT_EQ(outcome.alreadyExists, kUploads - 1);
  world.expectInStep();
}

}  // namespace
}  // namespace mediadock::media
