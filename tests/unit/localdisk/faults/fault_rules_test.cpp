#include "faults/fault_injector.h"
#include "localdisk_settings.h"
#include "support/storage_error_matcher.h"

#include <gtest/gtest.h>

#include <string>

namespace mediadock::localdisk {
namespace {

TEST(ParseFaultRules, ReadsNumberedAndConstantFaults) {
  const auto rules = parseFaultRules("fault.fail", "openRead:3:unavailable,list:*:timeout");

  EXPECT_EQ(rules, (std::vector<FaultRule>{
                       {.operation = "openRead", .number = 3, .code = StorageErrc::Unavailable},
                       {.operation = "list", .code = StorageErrc::Timeout}}));
}

TEST(ParseFaultRules, TakesEmptyTextForNoRule) {
  EXPECT_TRUE(parseFaultRules("fault.fail", "").empty());
}

class BadFaultRule : public ::testing::TestWithParam<const char*> {};

TEST_P(BadFaultRule, IsRefusedAndNamesTheKey) {
  try {
    parseFaultRules("fault.fail", GetParam());
    FAIL() << "nothing was thrown";
  } catch (const StorageError& error) {
    EXPECT_EQ(error.code(), StorageErrc::ConfigInvalid);
    EXPECT_THAT(error.what(), ::testing::HasSubstr("'fault.fail'"));
  }
}

INSTANTIATE_TEST_SUITE_P(Texts, BadFaultRule,
                         ::testing::Values("openRead", "openRead:1", "openread:1:timeout",
                                           "openRead:0:timeout", "openRead:-1:timeout",
                                           "openRead:1x:timeout", "openRead:1:slow",
                                           "openRead:1:timeout:", "openRead: 1:timeout",
                                           "list:*:timeout,", ",list:*:timeout", ","));

TEST(LocalDiskSettings, HasNoFaultByDefault) {
  const auto settings = LocalDiskSettings::parse(Settings());

  EXPECT_FALSE(settings.faults.isAny());
  EXPECT_TRUE(settings.root.is_absolute());
  EXPECT_TRUE(settings.root.string().ends_with("/var/media"));
}

TEST(LocalDiskSettings, ReadsEachFault) {
  const auto faults =
      LocalDiskSettings::parse(Settings(Settings::Values{{"fault.latency_ms", "20"},
                                                         {"fault.fail", "stat:1:internal"},
                                                         {"fault.capacity_bytes", "0"},
                                                         {"fault.cut_read_after_bytes", "5"},
                                                         {"fault.cut_write_after_bytes", "6"}}))
          .faults;

  EXPECT_EQ(faults.latency.count(), 20);
  EXPECT_EQ(faults.rules.size(), 1U);
  EXPECT_EQ(faults.capacityBytes, 0U);
  EXPECT_EQ(faults.cutReadAfterBytes, 5U);
  EXPECT_EQ(faults.cutWriteAfterBytes, 6U);
}

class BadLocalDiskSetting : public ::testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(BadLocalDiskSetting, IsRefused) {
  const Settings settings(Settings::Values{{GetParam().first, GetParam().second}});

  EXPECT_THAT([&] { LocalDiskSettings::parse(settings); },
              ThrowsStorageError(StorageErrc::ConfigInvalid));
}

INSTANTIATE_TEST_SUITE_P(Texts, BadLocalDiskSetting,
                         ::testing::Values(std::pair("fault.latency_ms", "-1"),
                                           std::pair("fault.latency_ms", "1s"),
                                           std::pair("fault.capacity_bytes", "1k"),
                                           std::pair("fault.cut_read_after_bytes", "-1"),
                                           std::pair("fault.cut_write_after_bytes", "x")));

}  // namespace
}  // namespace mediadock::localdisk
