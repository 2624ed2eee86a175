// Files of unknown size on a real WebDAV server that takes bodies in chunks.

#include "mediadock/provider_context.h"
#include "mediadock/storage_error.h"
#include "nextcloud_provider.h"
#include "support/nginx_dav.h"
#include "support/random_text.h"
#include "support/silent_log.h"

#include <gmock/gmock.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <span>
#include <string>
#include <thread>

namespace mediadock {
namespace {

class UnknownSizeOnNginx : public testing::Test {
 protected:
  std::unique_ptr<IWriteStream> open(const std::string& path, const CallContext& context = {}) {
    return provider_->openWrite({.path = StoragePath::parse(path)}, {}, context);
  }

  static void put(IWriteStream& stream, const std::string& text) {
    stream.write(std::as_bytes(std::span(text)));
  }

  std::string contentOf(const std::string& path) const {
    std::ifstream file(server_.documentRoot() / path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  std::size_t fileCount() const {
    const std::filesystem::directory_iterator files(server_.documentRoot());
    return static_cast<std::size_t>(std::distance(begin(files), end(files)));
  }

  /// The server ends what was broken off in its own time.
  bool becomesEmpty() const {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (fileCount() > 0 && std::chrono::steady_clock::now() < end) {
      std::this_thread::yield();
    }
    return fileCount() == 0;
  }

  NginxDav server_;
  SilentLog log_;
  const Settings settings_{{{"url", server_.url()},
                            {"username", server_.username()},
                            {"app_password", server_.password()},
                            {"chunk_bytes", "100000"}}};
  std::unique_ptr<IStorageProvider> provider_ = makeNextcloudProvider({settings_, log_});
  const std::string piece_ = randomText(70001);
};

TEST_F(UnknownSizeOnNginx, ArriveWholeWhateverThePieces) {
  for (const std::size_t size : {std::size_t{1}, std::size_t{999}, std::size_t{65536}}) {
    std::string expected;
    const auto stream = open("f" + std::to_string(size));
    while (expected.size() < 300000) {
      const auto piece = piece_.substr(0, expected.size() < 120000 ? piece_.size() : size);
      put(*stream, piece);
      expected += piece;
      if (size == 1 && expected.size() > 150000) {
        break;
      }
    }

    stream->commit();

    EXPECT_TRUE(contentOf("f" + std::to_string(size)) == expected) << size;
  }
}

TEST_F(UnknownSizeOnNginx, LeaveNothingWhereTheyAreDroppedHalfWay) {
  const auto stream = open("f");
  for (int i = 0; i < 5; ++i) {
    put(*stream, piece_);
  }

  stream->abort();

  EXPECT_TRUE(becomesEmpty());
}

TEST_F(UnknownSizeOnNginx, LeaveNothingWhereTheirRequestEndsHalfWay) {
  std::stop_source stop;
  CallContext context;
  context.cancellation = stop.get_token();
  auto stream = open("f", context);
  for (int i = 0; i < 5; ++i) {
    put(*stream, piece_);
  }

  stop.request_stop();

  EXPECT_THROW(put(*stream, piece_), StorageError);
  stream.reset();
  EXPECT_TRUE(becomesEmpty());
}

TEST_F(UnknownSizeOnNginx, GoOnBehindAFlush) {
  const auto stream = open("f");
  put(*stream, piece_ + piece_);
  stream->flush();
  put(*stream, piece_);

  stream->commit();

  EXPECT_TRUE(contentOf("f") == piece_ + piece_ + piece_);
  EXPECT_EQ(fileCount(), 1U);
}

}  // namespace
}  // namespace mediadock
