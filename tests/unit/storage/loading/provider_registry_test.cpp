#include "storage/loading/provider_registry.h"

#include "support/silent_log.h"
#include "support/storage_error_matcher.h"
#include "support/temp_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <dlfcn.h>

namespace mediadock::storage {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::filesystem::path kPlugins = MEDIADOCK_TEST_PLUGINS;

Settings settings(Settings::Values values) {
  return Settings(std::move(values));
}

/// The text of the `ConfigInvalid` that `call` must throw.
template <typename Call>
std::string misconfiguration(Call&& call) {
  try {
    call();
  } catch (const StorageError& error) {
    EXPECT_EQ(error.code(), StorageErrc::ConfigInvalid);
    return error.what();
  }
  ADD_FAILURE() << "nothing was thrown";
  return "";
}

void copyPlugin(const std::string& name, const std::filesystem::path& folder,
                const std::string& as) {
  std::filesystem::copy_file(kPlugins / ("libmediadock_" + name + ".so"),
                             folder / ("libmediadock_" + as + ".so"));
}

PluginReport reportOn(const std::vector<PluginReport>& reports, const std::string& name) {
  const auto found = std::ranges::find(reports, name, &PluginReport::name);
  return found == reports.end() ? PluginReport{} : *found;
}

bool isLoaded(const std::filesystem::path& library) {
  void* handle = ::dlopen(library.c_str(), RTLD_NOW | RTLD_NOLOAD);
  if (handle != nullptr) {
    ::dlclose(handle);
  }
  return handle != nullptr;
}

class ProviderRegistryTest : public testing::Test {
 protected:
  SilentLog log_;
};

TEST_F(ProviderRegistryTest, OpensAProviderByName) {
  const ProviderRegistry registry({kPlugins});

  const auto provider = registry.open("memory", {}, log_);

  EXPECT_TRUE(provider->capabilities().rangeRead);
}

TEST_F(ProviderRegistryTest, HandsTheSettingsToTheProvider) {
  const ProviderRegistry registry({kPlugins});

  const auto provider = registry.open("memory", settings({{"without", "range_read"}}), log_);

  EXPECT_FALSE(provider->capabilities().rangeRead);
}

TEST_F(ProviderRegistryTest, LoadsOnlyWhatIsNamed) {
  const TempDirectory folder;
  copyPlugin("memory", folder.path(), "memory");
  copyPlugin("throwing", folder.path(), "throwing");
  const ProviderRegistry registry({folder.path()});

  const auto provider = registry.open("memory", {}, log_);

  EXPECT_TRUE(isLoaded(folder.path() / "libmediadock_memory.so"));
  EXPECT_FALSE(isLoaded(folder.path() / "libmediadock_throwing.so"));
}

// L11
TEST_F(ProviderRegistryTest, RefusesAnUnknownSettingAndNamesTheNearestKnownOne) {
  const ProviderRegistry registry({kPlugins});

  const std::string refusal = misconfiguration([&] {
    registry.open("throwing", settings({{"methods", "x"}}), log_);
  });

  EXPECT_THAT(refusal, AllOf(HasSubstr("'storage.throwing.methods'"),
                             HasSubstr("'storage.throwing.method'")));
}

TEST_F(ProviderRegistryTest, KeepsTheValueOfAnUnknownSettingToItself) {
  const ProviderRegistry registry({kPlugins});

  const std::string refusal = misconfiguration([&] {
    registry.open("memory", settings({{"pasword", "hunter2"}}), log_);
  });

  EXPECT_THAT(refusal, Not(HasSubstr("hunter2")));
}

TEST_F(ProviderRegistryTest, SaysWhichProvidersThereAreWhereTheNamedOneIsMissing) {
  const TempDirectory folder;
  copyPlugin("memory", folder.path(), "memory");
  const ProviderRegistry registry({folder.path()});

  const std::string refusal = misconfiguration([&] { registry.open("memori", {}, log_); });

  EXPECT_THAT(refusal, AllOf(HasSubstr("'memori'"), HasSubstr(folder.path().string()),
                             HasSubstr("found there: memory")));
}

TEST_F(ProviderRegistryTest, HandsTheLoadersRefusalOn) {
  const ProviderRegistry registry({kPlugins});

  EXPECT_THAT(misconfiguration([&] { registry.open("wrong_magic", {}, log_); }),
              HasSubstr("the magic number"));
}

TEST_F(ProviderRegistryTest, TellsTheSettingsOfAProvider) {
  const ProviderRegistry registry({kPlugins});

  const auto known = registry.settingsOf("throwing");

  ASSERT_EQ(known.size(), 3U);
  EXPECT_STREQ(known[0].key, "factory");
}

TEST_F(ProviderRegistryTest, RefusesARelativeFolder) {
  EXPECT_THAT([] { ProviderRegistry({"plugins"}); },
              ThrowsStorageError(StorageErrc::ConfigInvalid));
}

TEST_F(ProviderRegistryTest, TakesAMissingFolderForAnEmptyOne) {
  const TempDirectory folder;
  const ProviderRegistry registry({folder.path() / "missing", kPlugins});

  EXPECT_NE(registry.open("memory", {}, log_), nullptr);
}

// P01
TEST_F(ProviderRegistryTest, ReportsAPluginThatFits) {
  const PluginReport report = reportOn(ProviderRegistry({kPlugins}).report(log_), "memory");

  EXPECT_EQ(report.path, kPlugins / "libmediadock_memory.so");
  EXPECT_EQ(report.version, MEDIADOCK_VERSION);
  EXPECT_EQ(report.abi, "6.0");
  EXPECT_THAT(report.abilities, Contains("range_read"));
  EXPECT_THAT(report.refusal, IsEmpty());
}

TEST_F(ProviderRegistryTest, ReportsWhyAPluginIsRefused) {
  const PluginReport report = reportOn(ProviderRegistry({kPlugins}).report(log_), "wrong_major");

  EXPECT_THAT(report.refusal, HasSubstr("plugin ABI"));
  EXPECT_THAT(report.version, IsEmpty());
}

TEST_F(ProviderRegistryTest, ReportsEveryCandidateAndNothingElse) {
  const TempDirectory folder;
  copyPlugin("memory", folder.path(), "memory");
  copyPlugin("memory", folder.path(), "alias");
  std::filesystem::copy_file(kPlugins / "libmediadock_memory.so", folder.path() / "other.so");

  std::vector<std::string> names;
  for (const PluginReport& report : ProviderRegistry({folder.path()}).report(log_)) {
    names.push_back(report.name);
  }

  EXPECT_THAT(names, ElementsAre("alias", "memory"));
}

// P05
TEST_F(ProviderRegistryTest, LetsTheFirstOfTwoPluginsOfOneNameWin) {
  const TempDirectory first;
  const TempDirectory second;
  copyPlugin("memory", first.path(), "memory");
  copyPlugin("wrong_magic", second.path(), "memory");
  const ProviderRegistry registry({first.path(), second.path()});

  const auto reports = registry.report(log_);

  EXPECT_NE(registry.open("memory", {}, log_), nullptr);
  ASSERT_EQ(reports.size(), 2U);
  EXPECT_THAT(reports[0].refusal, IsEmpty());
  EXPECT_THAT(reports[1].refusal,
              AllOf(HasSubstr("shadowed"), HasSubstr(reports[0].path.string())));
}

TEST(ParsePluginPath, SplitsAtColons) {
  EXPECT_THAT(parsePluginPath("/a:/b c"), ElementsAre("/a", "/b c"));
}

TEST(ParsePluginPath, NeverMeansTheCurrentDirectory) {
  EXPECT_THAT(parsePluginPath("::/a:"), ElementsAre("/a"));
  EXPECT_THAT(parsePluginPath(""), IsEmpty());
}

}  // namespace
}  // namespace mediadock::storage
