/// \file
/// Uploads in several requests to a Nextcloud: their bytes are there and nowhere else, also when
/// the host dies.

#include "integration/curl.h"
#include "integration/host_process.h"
#include "support/free_port.h"
#include "support/scripted_nextcloud/scripted_nextcloud.h"
#include "support/temp_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>

namespace mediadock {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::size_t kMiB = std::size_t{1} << 20U;
constexpr std::size_t kChunk = 10 * kMiB;
const char* const kChunks = "/uploads/";

std::string patternOf(std::size_t size) {
  std::string content(size, '\0');
  std::uint32_t state = 1;
  for (char& byte : content) {
    state = state * 1664525U + 1013904223U;
    byte = static_cast<char>(state >> 24U);
  }
  return content;
}

class TusToNextcloud : public testing::Test {
 protected:
  void SetUp() override { startHost(); }

  void startHost() {
    host_ = std::make_unique<HostProcess>(
        HostConfiguration{
            .settings = {{"http.address", "127.0.0.1:" + std::to_string(port_)},
                         {"uploads.spool_directory", spool().string()},
                         {"storage.provider", "nextcloud"},
                         {"storage.nextcloud.url", nextcloud_.url()},
                         {"storage.nextcloud.username", nextcloud_.username()},
                         {"storage.nextcloud.chunk_bytes", std::to_string(kChunk)}},
            .environment = {{"MEDIADOCK_STORAGE_NEXTCLOUD_APP_PASSWORD", nextcloud_.password()}}},
        home_.path() / "records.db");
  }

  void killHost() {
    host_->process().signal(SIGKILL);
    host_->process().waitForExit();
  }

  std::filesystem::path spool() const { return home_.path() / "spool"; }

  bool isSpoolEmpty() const {
    return !std::filesystem::exists(spool()) || std::filesystem::is_empty(spool());
  }

  /// Begins an upload of so many bytes, and returns its address.
  std::string begin(std::size_t size) {
    const auto answer = curl({"-X", "POST", "-H", "Tus-Resumable: 1.0.0", "-H",
                              "Upload-Length: " + std::to_string(size), "-H",
                              // big.bin and folder.
                              "Upload-Metadata: filename YmlnLmJpbg==,nextcloud_path Zm9sZGVy",
                              host_->url() + "/api/crm/storage/uploads"});
    EXPECT_EQ(answer.status, 201) << answer.body << host_->output();
    const auto place = answer.headers.at("location");
    return place.substr(place.find("/api/"));
  }

  CurlAnswer patch(const std::string& place, const std::string& content, std::size_t from,
                   std::size_t size) {
    std::ofstream(home_.path() / "piece", std::ios::binary) << content.substr(from, size);
    return curl({"-X", "PATCH", "-H", "Tus-Resumable: 1.0.0", "-H",
                 "Upload-Offset: " + std::to_string(from), "-H",
                 "Content-Type: application/offset+octet-stream", "-H", "Expect:", "--data-binary",
                 "@" + (home_.path() / "piece").string(), host_->url() + place});
  }

  std::size_t offsetOf(const std::string& place) {
    const auto answer = curl({"-I", "-H", "Tus-Resumable: 1.0.0", host_->url() + place});
    EXPECT_EQ(answer.status, 200);
    return std::stoul(answer.headers.at("upload-offset"));
  }

  void expectWhole(const std::string& content) {
    EXPECT_TRUE(nextcloud_.readFile("folder/big.bin") == content);
    EXPECT_THAT(curl({host_->url() + "/api/crm/media"}).body,
                HasSubstr("\"nextcloud_path\":\"folder/big.bin\""));
    EXPECT_THAT(nextcloud_.openUploads(), IsEmpty());
  }

  TempDirectory home_;
  ScriptedNextcloud nextcloud_;
  std::uint16_t port_ = findFreePort();
  std::unique_ptr<HostProcess> host_;
};

TEST_F(TusToNextcloud, U40PassThroughToItsChunksAndLeaveTheSpoolEmpty) {
  const auto content = patternOf(5 * kMiB);
  const auto place = begin(content.size());

  for (std::size_t from = 0; from < content.size(); from += kMiB) {
    EXPECT_LT(patch(place, content, from, kMiB).status, 300) << host_->output();
    EXPECT_TRUE(isSpoolEmpty());
  }

  expectWhole(content);
}

TEST_F(TusToNextcloud, U40GoOnWhenTheHostWasKilledWithinAPiece) {
  const auto content = patternOf(45 * kMiB);
  const auto place = begin(content.size());
  ASSERT_EQ(patch(place, content, 0, 3 * kMiB).status, 204) << host_->output();
  // Of the second piece some chunks arrive, which nothing counts yet; the next one never does.
  nextcloud_.misbehave(
      {.method = "PUT", .pathPart = kChunks, .action = scripted::Hang{}, .skip = 3, .times = 2});
  CurlAnswer second;
  std::thread client([&] { second = patch(place, content, 3 * kMiB, 25 * kMiB); });
  EXPECT_TRUE(nextcloud_.waitForRequests("PUT", kChunks, 5));

  killHost();
  client.join();
  nextcloud_.behave();
  startHost();

  EXPECT_NE(second.exitCode, 0);
  EXPECT_EQ(offsetOf(place), 3 * kMiB);
  EXPECT_EQ(patch(place, content, 3 * kMiB, 42 * kMiB).status, 201) << host_->output();
  expectWhole(content);
  EXPECT_TRUE(isSpoolEmpty());
}

TEST_F(TusToNextcloud, U40AreGoneWhereTheServerThrewThemAway) {
  const auto content = patternOf(2 * kMiB);
  const auto place = begin(content.size());
  ASSERT_EQ(patch(place, content, 0, kMiB).status, 204) << host_->output();
  ASSERT_THAT(nextcloud_.openUploads(), SizeIs(1));
  nextcloud_.expireUpload(nextcloud_.openUploads().front());

  EXPECT_EQ(patch(place, content, kMiB, kMiB).status, 410);
}

TEST_F(TusToNextcloud, U40AreDroppedThereWhenTheClientEndsThem) {
  const auto content = patternOf(2 * kMiB);
  const auto place = begin(content.size());
  ASSERT_EQ(patch(place, content, 0, kMiB).status, 204) << host_->output();
  ASSERT_THAT(nextcloud_.openUploads(), SizeIs(1));

  EXPECT_EQ(curl({"-X", "DELETE", "-H", "Tus-Resumable: 1.0.0", host_->url() + place}).status, 204);

  EXPECT_THAT(nextcloud_.openUploads(), IsEmpty());
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST_F(TusToNextcloud, U40HoldOneChunkOfEachPieceInMemoryWhateverTheSize) {
  const auto small = patternOf(kMiB);
  ASSERT_EQ(patch(begin(small.size()), small, 0, kMiB).status, 201) << host_->output();
  const auto content = patternOf(120 * kMiB);
  const auto place = begin(content.size());
  const auto before = host_->process().peakMemoryBytes();

  ASSERT_EQ(patch(place, content, 0, 60 * kMiB).status, 204) << host_->output();
  EXPECT_TRUE(isSpoolEmpty());
  ASSERT_EQ(patch(place, content, 60 * kMiB, 60 * kMiB).status, 201) << host_->output();

  // The two pieces may run on two threads, each of whose heaps keeps what it took.
  EXPECT_LT(host_->process().peakMemoryBytes() - before, 2 * kChunk + 6 * kMiB);
}
#endif

}  // namespace
}  // namespace mediadock
