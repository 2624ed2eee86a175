/// \file
/// The official tus client against the real host, which dies in the middle.

#include "integration/condition.h"
#include "integration/curl.h"
#include "integration/host_process.h"
#include "integration/storage_under_test.h"
#include "support/child_process.h"
#include "support/free_port.h"
#include "support/temp_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

namespace mediadock {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::size_t kPiece = 4U << 20U;
constexpr std::size_t kPieces = 4;
constexpr std::chrono::seconds kTimeout(60);

/// Bytes that do not repeat within a piece.
std::string patternOf(std::size_t size) {
  std::string content(size, '\0');
  std::uint32_t state = 1;
  for (char& byte : content) {
    state = state * 1664525U + 1013904223U;
    byte = static_cast<char>(state >> 24U);
  }
  return content;
}

class TusClient : public testing::TestWithParam<StorageCase> {
 protected:
  TusClient() { std::ofstream(path("big"), std::ios::binary) << content_; }

  std::filesystem::path path(const std::string& name) const { return home_.path() / name; }

  /// On the same port each time: the client knows no other.
  void startHost(const std::map<std::string, std::string>& more = {}) {
    auto configuration = storage_->configuration();
    configuration.settings["http.address"] = "127.0.0.1:" + std::to_string(port_);
    configuration.settings["uploads.spool_directory"] = path("spool").string();
    configuration.settings.insert(more.begin(), more.end());
    host_ = std::make_unique<HostProcess>(configuration, path("records.db"));
  }

  void killHost() {
    host_->process().signal(SIGKILL);
    host_->process().waitForExit();
  }

  std::vector<std::string> command(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words{"node", MEDIADOCK_TUS_CLIENT,
                                   host_->url() + "/api/crm/storage/uploads", path("big").string(),
                                   path("store.json").string()};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }

  void expectTheFileWhole() {
    const auto answer = curl({host_->storageUrl("file", "folder/big.bin")});
    ASSERT_EQ(answer.status, 200);
    EXPECT_TRUE(answer.body == content_);
    EXPECT_THAT(curl({host_->url() + "/api/crm/media?customer_id=acme"}).body,
                HasSubstr("\"nextcloud_path\":\"folder/big.bin\""));
    EXPECT_THAT(storage_->leftovers(), IsEmpty());
    EXPECT_TRUE(!std::filesystem::exists(path("spool")) ||
                std::filesystem::is_empty(path("spool")));
  }

  const std::string content_ = patternOf(kPieces * kPiece);
  TempDirectory home_;
  std::unique_ptr<IStorageUnderTest> storage_ = GetParam().start();
  std::uint16_t port_ = findFreePort();
  std::unique_ptr<HostProcess> host_;
};

TEST_P(TusClient, U40UploadsAFile) {
  startHost();
  ChildProcess client({.command = command()});

  EXPECT_EQ(client.waitForExit(kTimeout), 0) << client.standardOutput() << host_->output();

  EXPECT_THAT(client.standardOutput(), HasSubstr("with {\"id\""));
  expectTheFileWhole();
}

TEST_P(TusClient, U40GoesOnWhenTheHostWasKilledBetweenTwoPieces) {
  startHost();
  ChildProcess client({.command = command({path("gate").string(), std::to_string(2 * kPiece)})});
  client.waitForLine("waiting at the gate", kTimeout);

  killHost();
  startHost();
  std::ofstream(path("gate")) << "open";

  EXPECT_EQ(client.waitForExit(kTimeout), 0) << client.standardOutput() << host_->output();
  expectTheFileWhole();
}

TEST_P(TusClient, U40GoesOnInAnotherRunAfterItWasKilledItself) {
  startHost();
  {
    ChildProcess client({.command = command({path("gate").string(), std::to_string(2 * kPiece)})});
    client.waitForLine("waiting at the gate", kTimeout);
    client.signal(SIGKILL);
  }

  ChildProcess client({.command = command()});

  EXPECT_EQ(client.waitForExit(kTimeout), 0) << client.standardOutput() << host_->output();
  EXPECT_THAT(client.standardOutput(),
              HasSubstr("HEAD answered 200 at " + std::to_string(2 * kPiece)));
  expectTheFileWhole();
}

INSTANTIATE_TEST_SUITE_P(Storages, TusClient,
                         testing::Values(StorageCase{"LocalDisk", startLocalDisk},
                                         StorageCase{"ScriptedNextcloud", startScriptedNextcloud},
                                         StorageCase{"Nginx", startNginx}),
                         storageCaseName);

class SlowTusClient : public TusClient {
 protected:
  /// How much of unfinished files is on the disk.
  std::uint64_t unfinishedBytes() const {
    std::uint64_t sum = 0;
    for (const auto& file : storage_->leftovers()) {
      std::error_code gone;
      const auto size = std::filesystem::file_size(file, gone);
      sum += gone ? 0 : size;
    }
    return sum;
  }
};

TEST_P(SlowTusClient, U40GoesOnWhenTheHostWasKilledWithinAPiece) {
  // Each piece takes seconds.
  startHost({{"storage.localdisk.fault.latency_ms", "40"}});
  ChildProcess client({.command = command()});
  ASSERT_TRUE(eventually([&] { return unfinishedBytes() > kPiece + kPiece / 4; }))
      << client.standardOutput();

  killHost();
  startHost();

  EXPECT_EQ(client.waitForExit(kTimeout), 0) << client.standardOutput() << host_->output();
  EXPECT_THAT(client.standardOutput(), HasSubstr("HEAD answered 200 at " + std::to_string(kPiece)));
  expectTheFileWhole();
}

INSTANTIATE_TEST_SUITE_P(Storages, SlowTusClient,
                         testing::Values(StorageCase{"LocalDisk", startLocalDisk}),
                         storageCaseName);

}  // namespace
}  // namespace mediadock
