/// \file
/// What is left when a client, the storage or the host goes away in the middle.

#include "integration/condition.h"
#include "integration/curl.h"
#include "integration/host_process.h"
#include "integration/storage_under_test.h"
#include "support/child_process.h"
#include "support/temp_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <memory>
#include <string>

namespace mediadock {
namespace {

using testing::IsEmpty;

constexpr std::size_t kBigBytes = 32 << 20;

class Interruption : public testing::TestWithParam<StorageCase> {
 protected:
  Interruption() { std::ofstream(bigFile(), std::ios::binary) << std::string(kBigBytes, 'x'); }

  std::string bigFile() const { return (home_.path() / "big").string(); }

  /// An upload that is under way and too slow to end by itself during the test.
  ChildProcess startSlowUpload() const {
    return ChildProcess(
        {.command = {"curl", "--silent", "--limit-rate", "4M", "-F", "nextcloud_path=folder", "-F",
                     "file=@" + bigFile() + ";filename=big.bin",
                     host_->url() + "/api/crm/storage/upload"}});
  }

  void expectNoTraceOfTheUpload() const {
    EXPECT_TRUE(eventually([this] { return storage_->leftovers().empty(); }))
        << testing::PrintToString(storage_->leftovers());
    EXPECT_EQ(curl({host_->storageUrl("file", "folder/big.bin")}).status, 404);
    EXPECT_EQ(curl({host_->url() + "/api/crm/media"}).body, "[]");
  }

  void startHost() {
    host_ = std::make_unique<HostProcess>(storage_->configuration(), home_.path() / "records.db");
  }

  TempDirectory home_;
  std::unique_ptr<IStorageUnderTest> storage_ = GetParam().start();
  std::unique_ptr<HostProcess> host_;
};

TEST_P(Interruption, KilledClientLeavesNeitherFileNorRecord) {
  startHost();
  auto client = startSlowUpload();
  ASSERT_TRUE(eventually([&] { return !storage_->leftovers().empty(); })) << host_->output();

  client.signal(SIGKILL);

  expectNoTraceOfTheUpload();
}

TEST_P(Interruption, KilledHostLeavesNeitherFileNorRecordAfterItsNextStart) {
  startHost();
  auto client = startSlowUpload();
  ASSERT_TRUE(eventually([&] { return !storage_->leftovers().empty(); })) << host_->output();

  host_->process().signal(SIGKILL);
  host_->process().waitForExit();
  client.waitForExit();
  startHost();

  EXPECT_EQ(curl({host_->storageUrl("file", "folder/big.bin")}).status, 404);
  EXPECT_EQ(curl({host_->url() + "/api/crm/media"}).body, "[]");
}

TEST_P(Interruption, TerminatedHostLetsADownloadEnd) {
  startHost();
  ASSERT_EQ(curl({"-F", "nextcloud_path=folder", "-F", "file=@" + bigFile() + ";filename=big.bin",
                  host_->url() + "/api/crm/storage/upload"})
                .status,
            201);
  const auto body = home_.path() / "body";
  ChildProcess client({.command = {"curl", "--silent", "--limit-rate", "16M", "--output",
                                   body.string(), host_->storageUrl("file", "folder/big.bin")}});
  ASSERT_TRUE(eventually(
      [&] { return std::filesystem::exists(body) && std::filesystem::file_size(body) > 0; }));

  host_->process().signal(SIGTERM);

  EXPECT_EQ(client.waitForExit(), 0);
  EXPECT_EQ(std::filesystem::file_size(body), kBigBytes);
  EXPECT_EQ(host_->process().waitForExit(), 0);
}

INSTANTIATE_TEST_SUITE_P(Storages, Interruption,
                         testing::Values(StorageCase{"LocalDisk", startLocalDisk},
                                         StorageCase{"ScriptedNextcloud", startScriptedNextcloud}),
                         storageCaseName);

}  // namespace
}  // namespace mediadock
