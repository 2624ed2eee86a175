#include "mediadock/settings.h"

#include "support/storage_error_matcher.h"

#include <gtest/gtest.h>

namespace mediadock {
namespace {

using std::chrono::milliseconds;

TEST(Settings, GivesTheFallbackForWhatIsNotSetOrEmpty) {
  const Settings settings(Settings::Values{{"empty", ""}});

  EXPECT_EQ(settings.text("missing", "fallback"), "fallback");
  EXPECT_EQ(settings.text("empty", "fallback"), "fallback");
  EXPECT_EQ(settings.integer("missing", 7, 0, 10), 7);
  EXPECT_TRUE(settings.flag("missing", true));
  EXPECT_EQ(settings.seconds("missing", milliseconds(5)), milliseconds(5));
}

TEST(Settings, ReadsEachType) {
  const Settings settings(
      Settings::Values{{"text", "x"}, {"number", "8"}, {"flag", "false"}, {"time", "0.5"}});

  EXPECT_EQ(settings.text("text"), "x");
  EXPECT_EQ(settings.integer("number", 0, 0, 10), 8);
  EXPECT_FALSE(settings.flag("flag", true));
  EXPECT_EQ(settings.seconds("time", milliseconds(0)), milliseconds(500));
}

TEST(Settings, RefusesWhatDoesNotFit) {
  const Settings settings(Settings::Values{{"k", "11"}, {"word", "x"}, {"late", "-1"}});

  EXPECT_THAT([&] { settings.integer("k", 0, 0, 10); },
              ThrowsStorageError(StorageErrc::ConfigInvalid));
  EXPECT_THAT([&] { settings.integer("word", 0, 0, 10); },
              ThrowsStorageError(StorageErrc::ConfigInvalid));
  EXPECT_THAT([&] { settings.flag("word", true); }, ThrowsStorageError(StorageErrc::ConfigInvalid));
  EXPECT_THAT([&] { settings.seconds("late", {}); },
              ThrowsStorageError(StorageErrc::ConfigInvalid));
}

}  // namespace
}  // namespace mediadock
