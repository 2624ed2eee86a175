// 100,000 files in one folder, page by page: memory, and how often the server is asked.

#include "conformance/peak_memory.h"
#include "nextcloud_provider.h"
#include "support/silent_log.h"
#include "unit/nextcloud/tree/big_folder_server.h"

#include <gtest/gtest.h>

#include <memory>

namespace mediadock::nextcloud {
namespace {

constexpr std::size_t kFileCount = 100000;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
// A sanitizer keeps freed memory, and notes on all of it.
constexpr std::uint64_t kMemoryBound = std::uint64_t{512} << 20U;
#else
constexpr std::uint64_t kMemoryBound = std::uint64_t{16} << 20U;
#endif

struct Walk {
  std::size_t entries = 0;
  std::size_t pages = 0;
  bool isSorted = true;
};

Walk walk(IStorageProvider& provider) {
  Walk result;
  std::string last;
  ListOptions options{.pageSize = 1000};
  do {
    const auto page = provider.list({}, options, {});
    ++result.pages;
    for (const auto& entry : page.entries) {
      ++result.entries;
      result.isSorted = result.isSorted && last < entry.path.str();
      last = entry.path.str();
    }
    options.token = page.nextToken;
  } while (!options.token.empty());
  return result;
}

class LargeFolder : public testing::Test {
 protected:
  void start(bool hasPaging) {
    server_ = std::make_unique<BigFolderServer>(kFileCount, hasPaging);
    const Settings settings({{"url", server_->url()}, {"username", "u"}});
    provider_ = makeNextcloudProvider({settings, log_});
    provider_->check({});
  }

  SilentLog log_;
  std::unique_ptr<BigFolderServer> server_;
  std::unique_ptr<IStorageProvider> provider_;
};

TEST_F(LargeFolder, TakesFlatMemoryAndFourListings_I14_Problem16) {
  start(false);
  Walk result;

  const auto growth = peakGrowthOf([&] { result = walk(*provider_); });

  EXPECT_EQ(result.entries, kFileCount);
  EXPECT_EQ(result.pages, 100U);
  EXPECT_TRUE(result.isSorted);
  EXPECT_EQ(server_->listings(), 4U);
  EXPECT_LT(growth, kMemoryBound);
}

TEST_F(LargeFolder, TakesFlatMemoryInPagesOfTheServer_I14_Problem17) {
  start(true);
  Walk result;

  const auto growth = peakGrowthOf([&] { result = walk(*provider_); });

  EXPECT_EQ(result.entries, kFileCount);
  EXPECT_TRUE(result.isSorted);
  // Four readings of eleven pages each.
  EXPECT_EQ(server_->listings(), 44U);
  EXPECT_LT(growth, kMemoryBound);
}

}  // namespace
}  // namespace mediadock::nextcloud
