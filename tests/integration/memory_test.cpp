/// \file
/// Bytes pass through the host, they do not pile up in it: counted as peak resident memory.

#include "integration/curl.h"
#include "integration/host_process.h"
#include "support/child_process.h"
#include "support/scripted_nextcloud/scripted_nextcloud.h"
#include "support/temp_directory.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

namespace mediadock {
namespace {

constexpr std::uint64_t kFileBytes = std::uint64_t{2} << 30U;
constexpr std::uint64_t kAllowedGrowth = 16 << 20;

/// Writes a file in which no two blocks are alike.
void writeBigFile(const std::filesystem::path& file) {
  std::vector<std::uint64_t> block(1 << 17);
  std::ofstream out(file, std::ios::binary);
  std::uint64_t number = 1;
  for (std::uint64_t written = 0; written < kFileBytes; written += block.size() * 8) {
    for (auto& word : block) {
      word = number * 0x9E3779B97F4A7C15U;
      ++number;
    }
    out.write(reinterpret_cast<const char*>(block.data()),
              static_cast<std::streamsize>(block.size() * 8));
  }
}

std::string sha256Of(const std::filesystem::path& file) {
  return runProgram({"sha256sum", file.string()}).substr(0, 64);
}

TEST(Memory, U35TwoGibibytesUpAndDownGrowThePeakByLessThanSixteenMebibytes) {
  const TempDirectory home;
  const ScriptedNextcloud nextcloud;
  HostProcess host({.settings = {{"storage.provider", "nextcloud"},
                                 {"storage.nextcloud.url", nextcloud.url()},
                                 {"storage.nextcloud.username", nextcloud.username()}},
                    .environment = {{"NEXTCLOUD_APP_PASSWORD", nextcloud.password()}}},
                   home.path() / "records.db");
  std::ofstream(home.path() / "small") << "small";
  const auto upload = [&](const std::string& name) {
    return curl({"-F", "nextcloud_path=folder", "-F", "file=@" + (home.path() / name).string(),
                 host.url() + "/api/crm/storage/upload"});
  };
  const auto download = [&](const std::string& name) {
    return runProgram({"curl", "--silent", "--fail", "--output",
                       (home.path() / (name + ".back")).string(),
                       host.storageUrl("file", "folder/" + name)});
  };
  ASSERT_EQ(upload("small").status, 201) << host.output();
  download("small");
  const auto peakBefore = host.process().peakMemoryBytes();
  writeBigFile(home.path() / "big");

  const auto answer = upload("big");
  ASSERT_EQ(answer.status, 201) << answer.body << host.output();
  std::filesystem::remove(home.path() / "big.back");
  download("big");

  EXPECT_LT(host.process().peakMemoryBytes() - peakBefore, kAllowedGrowth);
  RecordProperty("growth_kib",
                 std::to_string((host.process().peakMemoryBytes() - peakBefore) / 1024));
  const auto digest = sha256Of(home.path() / "big");
  EXPECT_EQ(sha256Of(home.path() / "big.back"), digest);
  EXPECT_NE(answer.body.find(digest), std::string::npos) << answer.body;
}

/// Sorted as a whole, each would hold some 15 MiB.
TEST(Memory, ShortPagesOfALongFolderAreSmallHoweverManyAskAtOnce) {
  constexpr int kFiles = 30000;
  constexpr int kClients = 20;
  constexpr std::uint64_t kAllowed = 32 << 20;
  const TempDirectory home;
  const auto folder = home.path() / "media" / "folder";
  std::filesystem::create_directories(folder);
  for (int i = 0; i < kFiles; ++i) {
    std::ofstream(folder / ("photograph-" + std::to_string(i) + ".jpg"));
  }
  HostProcess host({.settings = {{"storage.localdisk.root", (home.path() / "media").string()}}},
                   home.path() / "records.db");
  const auto page = host.storageUrl("browse", "folder") + "&limit=1";
  ASSERT_EQ(curl({page}).status, 200) << host.output();
  const auto peakBefore = host.process().peakMemoryBytes();

  {
    std::vector<std::jthread> clients;
    for (int i = 0; i < kClients; ++i) {
      clients.emplace_back([&] { EXPECT_EQ(curl({page}).status, 200); });
    }
  }

  EXPECT_LT(host.process().peakMemoryBytes() - peakBefore, kAllowed);
}

}  // namespace
}  // namespace mediadock
