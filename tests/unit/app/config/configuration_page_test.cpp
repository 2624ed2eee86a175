#include "unit/app/config/configuration_page.h"

#include "app/commands/help.h"
#include "app/config/config_keys.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace mediadock::app {
namespace {

TEST(ConfigurationPage, HasTheHostsKeysAndNoOther) {
  std::vector<std::string> rows;
  for (const ConfigKey& key : hostKeys()) {
    rows.push_back(pageRow(key.name, key.defaultValue, key.help, key.isSecret));
  }

  EXPECT_THAT(pageRowsOfHost(), testing::ElementsAreArray(rows));
}

TEST(HelpText, NamesEveryKeyOfTheHost) {
  std::vector<testing::Matcher<std::string>> names;
  for (const ConfigKey& key : hostKeys()) {
    names.push_back(testing::HasSubstr(std::string("  ") + key.name + " "));
  }

  EXPECT_THAT(helpText(Command::Serve), testing::AllOfArray(names));
}

}  // namespace
}  // namespace mediadock::app
