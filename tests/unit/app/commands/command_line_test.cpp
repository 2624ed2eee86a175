#include "app/commands/command_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace mediadock::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

CommandLine parse(const std::vector<std::string>& arguments) {
  return parseCommandLine(arguments);
}

std::string usageErrorOf(const std::vector<std::string>& arguments) {
  try {
    parse(arguments);
  } catch (const UsageError& error) {
    return error.what();
  }
  ADD_FAILURE() << "was accepted";
  return {};
}

TEST(ParseCommandLine, TakesOptionsInBothForms) {
  const CommandLine line = parse({"serve", "--config", "a.json", "--set=a=b", "--set", "c=d=e"});

  EXPECT_EQ(line.command, Command::Serve);
  EXPECT_EQ(line.configFile, "a.json");
  EXPECT_THAT(line.assignments, ElementsAre("a=b", "c=d=e"));
}

TEST(ParseCommandLine, TakesADryRunOfReconcile) {
  EXPECT_TRUE(parse({"reconcile", "--dry-run"}).isDryRun);
}

TEST(ParseCommandLine, RefusesADryRunOfServe) {
  EXPECT_THAT(usageErrorOf({"serve", "--dry-run"}), HasSubstr("--dry-run"));
}

TEST(ParseCommandLine, TakesHelpForACommandInBothForms) {
  EXPECT_EQ(parse({"help", "check"}).helpTopic, Command::Check);
  EXPECT_EQ(parse({"check", "--help"}).helpTopic, Command::Check);
  EXPECT_EQ(parse({"check", "--help"}).command, Command::Help);
}

TEST(ParseCommandLine, TakesTheVersion) {
  EXPECT_EQ(parse({"--version"}).command, Command::Version);
}

TEST(ParseCommandLine, RefusesNothingAtAll) {
  EXPECT_THAT(usageErrorOf({}), HasSubstr("command"));
}

TEST(ParseCommandLine, NamesTheNearestCommand) {
  EXPECT_THAT(usageErrorOf({"serv"}), HasSubstr("'serve'"));
}

TEST(ParseCommandLine, RefusesAnUnknownOptionWithoutShowingItsValue) {
  EXPECT_THAT(usageErrorOf({"serve", "--password=s3cret"}),
              testing::AllOf(HasSubstr("'--password'"), testing::Not(HasSubstr("s3cret"))));
}

TEST(ParseCommandLine, RefusesAnOptionWithoutItsValue) {
  EXPECT_THAT(usageErrorOf({"serve", "--config"}), HasSubstr("--config needs a value"));
}

TEST(ParseCommandLine, RefusesASecondFile) {
  EXPECT_THAT(usageErrorOf({"serve", "--config", "a", "--config", "b"}), HasSubstr("once"));
}

}  // namespace
}  // namespace mediadock::app
