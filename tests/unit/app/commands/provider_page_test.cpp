#include "storage/loading/provider_registry.h"
#include "unit/app/config/configuration_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace mediadock::app {
namespace {

class ProviderPage : public testing::TestWithParam<const char*> {};

TEST_P(ProviderPage, HasThePluginsKeysAndNoOther) {
  const std::string prefix = std::string("storage.") + GetParam() + ".";
  std::vector<std::string> rows;
  for (const SettingSpec& spec :
       storage::ProviderRegistry({MEDIADOCK_PLUGINS}).settingsOf(GetParam())) {
    rows.push_back(pageRow(prefix + spec.key, spec.defaultValue, spec.help, spec.isSecret));
  }

  EXPECT_THAT(pageRowsOf(prefix), testing::ElementsAreArray(rows));
}

INSTANTIATE_TEST_SUITE_P(Plugins, ProviderPage, testing::Values("localdisk", "nextcloud"),
                         [](const auto& row) { return std::string(row.param); });

}  // namespace
}  // namespace mediadock::app
