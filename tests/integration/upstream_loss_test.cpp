/// \file
/// A Nextcloud that goes away in the middle of a download.

#include "integration/condition.h"
#include "integration/curl.h"
#include "integration/host_process.h"
#include "support/child_process.h"
#include "support/random_text.h"
#include "support/temp_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>

namespace mediadock {
namespace {

constexpr std::uint64_t kFileBytes = 256 << 20;
constexpr int kCurlPartialFile = 18;
constexpr int kCurlReceiveError = 56;

TEST(UpstreamLoss, LeavesTheClientShortOfContentLength) {
  const TempDirectory home;
  const auto password = randomText(24);
  ChildProcess nextcloud(
      {.command = {MEDIADOCK_SCRIPTED_NEXTCLOUD, "--port", "0", "--password", password}});
  const std::string ready = "listening on ";
  const auto url = nextcloud.waitForLine(ready).substr(ready.size());
  HostProcess host({.settings = {{"storage.provider", "nextcloud"},
                                 {"storage.nextcloud.url", url},
                                 {"storage.nextcloud.username", "console"}},
                    .environment = {{"NEXTCLOUD_APP_PASSWORD", password}}},
                   home.path() / "records.db");
  const auto big = home.path() / "big";
  std::ofstream(big).close();
  std::filesystem::resize_file(big, kFileBytes);
  ASSERT_EQ(curl({"-F", "nextcloud_path=folder", "-F", "file=@" + big.string(),
                  host.url() + "/api/crm/storage/upload"})
                .status,
            201)
      << host.output();
  const auto body = home.path() / "body";
  const auto headers = home.path() / "headers";
  ChildProcess client(
      {.command = {"curl", "--silent", "--limit-rate", "8M", "--dump-header", headers.string(),
                   "--output", body.string(), host.storageUrl("file", "folder/big")}});
  ASSERT_TRUE(eventually([&] {
    return std::filesystem::exists(body) && std::filesystem::file_size(body) > 0;
  })) << host.output();

  nextcloud.signal(SIGKILL);

  EXPECT_THAT(client.waitForExit(std::chrono::minutes(2)),
              testing::AnyOf(kCurlPartialFile, kCurlReceiveError));
  EXPECT_LT(std::filesystem::file_size(body), kFileBytes);
  EXPECT_EQ(curl({host.storageUrl("browse", "folder")}).status, 503);
}

}  // namespace
}  // namespace mediadock
