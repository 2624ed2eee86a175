#include "storage/loading/plugin_probe.h"

#include "storage/loading/provider_registry.h"
#include "support/silent_log.h"
#include "support/storage_error_matcher.h"
#include "support/temp_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <sys/wait.h>

namespace mediadock::storage {
namespace {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;
using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

/// Enough for a plugin that answers.
constexpr auto kTimeout = 60s;

std::filesystem::path fileOf(const std::string& folder, const std::string& name) {
  return std::filesystem::path(folder) / ("libmediadock_" + name + ".so");
}

PluginReport probe(const std::string& name, std::chrono::milliseconds timeout = kTimeout) {
  SilentLog log;
  return probePlugin(fileOf(MEDIADOCK_CRASHING_PLUGINS, name), log, timeout);
}

TEST(ProbePlugin, TellsWhatAPluginThatFitsSays) {
  SilentLog log;
  const auto report = probePlugin(fileOf(MEDIADOCK_TEST_PLUGINS, "memory"), log, kTimeout);

  EXPECT_EQ(report.name, "memory");
  EXPECT_EQ(report.version, MEDIADOCK_VERSION);
  EXPECT_THAT(report.abilities, Contains("range_read"));
  EXPECT_THAT(report.refusal, IsEmpty());
}

TEST(ProbePlugin, TellsWhyTheAbilitiesAreNotKnown) {
  SilentLog log;
  const auto report = probePlugin(fileOf(MEDIADOCK_TEST_PLUGINS, "throwing"), log, kTimeout);

  EXPECT_THAT(report.refusal, IsEmpty());
  EXPECT_THAT(report.note, HasSubstr("broken on purpose"));
}

TEST(ProbePlugin, RefusesOneThatCrashesWhenLoaded) {
  EXPECT_THAT(probe("aborts_at_load").refusal,
              AllOf(HasSubstr("libmediadock_aborts_at_load.so"), HasSubstr("can be loaded"),
                    HasSubstr("signal 6 (Aborted)")));
}

TEST(ProbePlugin, RefusesOneThatExitsWhenLoaded) {
  EXPECT_THAT(probe("exits_at_load").refusal, HasSubstr("ended the process with status 0"));
}

TEST(ProbePlugin, RefusesOneThatHangsWhenLoaded) {
  EXPECT_THAT(probe("hangs_at_load", 100ms).refusal, HasSubstr("took longer than 100 ms"));
}

TEST(ProbePlugin, RefusesOneWhoseFactoryCrashesOrHangs) {
  EXPECT_THAT(probe("aborts_in_factory").refusal,
              AllOf(HasSubstr("a factory that makes a provider"), HasSubstr("signal 6")));
  EXPECT_THAT(probe("hangs_in_factory", 500ms).refusal, HasSubstr("took longer than 500 ms"));
}

TEST(ProbePlugin, LeavesNoProcessBehind) {
  probe("hangs_at_load", 100ms);
  probe("aborts_at_load");

  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
}

TEST(ProviderRegistry, ListsTheGoodBesideThoseThatCrash) {
  const TempDirectory folder;
  for (const char* name : {"aborts_at_load", "exits_at_load"}) {
    std::filesystem::copy(fileOf(MEDIADOCK_CRASHING_PLUGINS, name), folder.path());
  }
  std::filesystem::copy(fileOf(MEDIADOCK_TEST_PLUGINS, "memory"), folder.path());
  SilentLog log;

  const auto reports = ProviderRegistry({folder.path()}).report(log, kTimeout);

  ASSERT_EQ(reports.size(), 3U);
  EXPECT_THAT(reports[0].refusal, HasSubstr("signal"));
  EXPECT_THAT(reports[1].refusal, HasSubstr("status"));
  EXPECT_EQ(reports[2].name, "memory");
  EXPECT_THAT(reports[2].refusal, IsEmpty());
}

TEST(ProviderRegistry, ProbesTheOneThatIsNamed) {
  const ProviderRegistry registry({MEDIADOCK_CRASHING_PLUGINS, MEDIADOCK_TEST_PLUGINS});

  EXPECT_THAT([&] { registry.probe("aborts_at_load"); },
              ThrowsStorageError(StorageErrc::ConfigInvalid));
  EXPECT_NO_THROW(registry.probe("memory"));
}

}  // namespace
}  // namespace mediadock::storage
