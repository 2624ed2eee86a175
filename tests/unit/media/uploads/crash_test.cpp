// The host dies at each step of each operation; the next start must find storage and records in
// step, or bring them there.

#include "media/rules/reconcile.h"
#include "unit/media/media_fixture.h"

#include <gmock/gmock.h>

#include <functional>

namespace mediadock::media {
namespace {

/// Not a StorageError, so nothing on the way up can react to it: as if the process were gone.
struct Crash {};

struct CrashCase {
  std::string name;
  std::function<void(MediaWorld&)> operation;
};

/// Storage and records in which every operation below finds what it needs.
std::unique_ptr<MediaWorld> makeWorld() {
  auto world = std::make_unique<MediaWorld>();
  world->upload("old.jpg", {.folder = "a"_path}, "old content");
  world->upload("other.jpg", {.folder = "a"_path}, "other");
  world->upload("deep.jpg", {.folder = "a/b"_path}, "deep");
  return world;
}

/// Runs `operation` in a fresh world and dies at its step number `last`. Returns whether it got
/// that far.
bool diesAt(int last, const CrashCase& crashCase) {
  SCOPED_TRACE("step " + std::to_string(last));
  const auto world = makeWorld();
  int count = 0;
  world->onStep([&](const std::string& /*step*/) {
    if (++count == last) {
      throw Crash();
    }
  });
  bool hasDied = false;
  try {
    crashCase.operation(*world);
  } catch (const Crash&) {
    hasDied = true;
  }

  world->restart();
  reconcile(*world->storage, *world->store, {}, world->context);

  world->expectInStep();
  return hasDied;
}

class CrashTest : public testing::TestWithParam<CrashCase> {};

TEST_P(CrashTest, LeavesStorageAndRecordsInStepAfterReconcile) {
  int steps = 0;
  while (diesAt(steps + 1, GetParam())) {
    ++steps;
  }

  EXPECT_GE(steps, 6) << "announcing, doing and settling have two steps each";
}

INSTANTIATE_TEST_SUITE_P(
    Operations, CrashTest,
    testing::Values(
        CrashCase{"UploadOfANewFile",
                  [](MediaWorld& world) { world.upload("new.jpg", {.folder = "a"_path}); }},
        CrashCase{"UploadWithALateFolder",
                  [](MediaWorld& world) {
                    const auto upload =
                        world.service->uploads().start("new.jpg", {}, world.context);
                    upload->commit({.folder = "c"_path});
                  }},
        CrashCase{"UploadUnderAnotherName",
                  [](MediaWorld& world) { world.upload("old.jpg", {.folder = "a"_path}); }},
        CrashCase{"ReplacementOfTheSameSize",
                  [](MediaWorld& world) {
                    world.upload("old.jpg", {.folder = "a"_path, .onConflict = OnConflict::Replace},
                                 "new content");
                  }},
        CrashCase{"ReplacementOfAnotherSize",
                  [](MediaWorld& world) {
                    world.upload("old.jpg", {.folder = "a"_path, .onConflict = OnConflict::Replace},
                                 "new");
                  }},
        CrashCase{
            "RemovalOfAFile",
            [](MediaWorld& world) { world.service->remove("a/old.jpg"_path, {}, world.context); }},
        CrashCase{"RemovalOfAFolder",
                  [](MediaWorld& world) {
                    world.service->remove("a"_path, {.recursive = true}, world.context);
                  }},
        CrashCase{"MoveOfAFile",
                  [](MediaWorld& world) {
                    world.service->move("a/old.jpg"_path, "c/d/new.jpg"_path, world.context);
                  }},
        CrashCase{
            "MoveOfAFolder",
            [](MediaWorld& world) { world.service->move("a"_path, "c"_path, world.context); }}),
    [](const auto& testInfo) { return testInfo.param.name; });

}  // namespace
}  // namespace mediadock::media
