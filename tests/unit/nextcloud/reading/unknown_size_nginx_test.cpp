// A file of unknown size on a real WebDAV server, longer than all buffers.

#include "mediadock/provider_context.h"
#include "mediadock/storage_error.h"
#include "nextcloud_provider.h"
#include "support/nginx_dav.h"
#include "support/random_text.h"
#include "support/silent_log.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <span>
#include <string>

namespace mediadock::nextcloud {
namespace {

class UnknownSizeOnNginx : public testing::Test {
 protected:
  static void put(IWriteStream& stream, const std::string& text) {
    stream.write(std::as_bytes(std::span(text)));
  }

  std::string contentOf(const std::string& path) const {
    std::ifstream file(server_.documentRoot() / path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  NginxDav server_;
  SilentLog log_;
  const Settings settings_{{{"url", server_.url()},
                            {"username", server_.username()},
                            {"app_password", server_.password()},
                            {"chunk_bytes", "100000"}}};
  std::unique_ptr<IStorageProvider> provider_ = makeNextcloudProvider({settings_, log_});
  const std::string mebibyte_ = randomText(1U << 20U);
};

TEST_F(UnknownSizeOnNginx, ArrivesWholeWhateverIsLeftForTheLastPiece) {
  for (const std::size_t over : {std::size_t{0}, std::size_t{1}, mebibyte_.size() - 1}) {
    const auto stream = provider_->openWrite({.path = StoragePath::parse("f")}, {}, {});
    std::string expected;
    for (int i = 0; i < 7; ++i) {
      put(*stream, mebibyte_);
      expected += mebibyte_;
    }
    put(*stream, mebibyte_.substr(0, over));
    expected += mebibyte_.substr(0, over);

    stream->commit();

    EXPECT_TRUE(contentOf("f") == expected) << over;
  }
}

TEST_F(UnknownSizeOnNginx, LeavesNothingWhereItsRequestHasEnded) {
  std::stop_source stop;
  CallContext context;
  context.cancellation = stop.get_token();
  auto stream = provider_->openWrite({.path = StoragePath::parse("f")}, {}, context);
  put(*stream, mebibyte_);
  stop.request_stop();

  EXPECT_THROW(stream->commit(), StorageError);
  stream.reset();

  EXPECT_TRUE(std::filesystem::is_empty(server_.documentRoot()));
}

}  // namespace
}  // namespace mediadock::nextcloud
