#include "storage/caching/cached_provider.h"

#include "cache/blob_cache.h"
#include "storage/caching/cached_streams.h"
#include "storage/loading/provider_registry.h"
#include "support/silent_log.h"
#include "support/storage_error_matcher.h"
#include "support/temp_directory.h"
#include "unit/media/interceptors.h"
#include "unit/storage/boundary/plain_call.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <functional>
#include <latch>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

namespace mediadock::storage {
namespace {

const StoragePath kOther = StoragePath::parse("folder/other");
constexpr std::chrono::hours kLong{1};
constexpr std::chrono::milliseconds kAlwaysAsk{0};
/// More than is read at once.
const std::string kLarge(1U << 20U, 'l');

std::string readAll(IReadStream& stream) {
  std::string all(stream.info().length.value(), '\0');
  std::size_t size = 0;
  while (const auto got = stream.read(std::as_writable_bytes(std::span(all).subspan(size)))) {
    size += got;
  }
  EXPECT_EQ(size, all.size());
  return all;
}

/// A cached provider over one in memory, with what reaches that one counted.
class CachedProviderTest : public testing::Test {
 protected:
  std::shared_ptr<IStorageProvider> cached(std::chrono::milliseconds revalidateAfter = kLong,
                                           const std::string& identity = "memory") {
    return makeCached(counted_, blobs_, {.identity = identity, .revalidateAfter = revalidateAfter});
  }

  /// Writes a file that has been as it is for long.
  static void put(IStorageProvider& provider, const StoragePath& path, const std::string& content,
                  std::chrono::seconds age = kLong) {
    const auto stream = provider.openWrite(
        {.path = path},
        {.size = content.size(),
         .modifiedAt =
             std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now() - age)},
        kContext);
    stream->write(std::as_bytes(std::span(content)));
    stream->commit();
  }

  static std::string get(IStorageProvider& provider, const StoragePath& path,
                         const ReadOptions& options = {}) {
    return readAll(*provider.openRead(path, options, kContext));
  }

  /// How many calls have reached the storage since this was asked last.
  int reads() { return reads_.exchange(0); }

  int stats() { return stats_.exchange(0); }

  /// What happens when the storage has answered a call.
  std::function<void()> afterRead;
  std::function<void()> beforeRead;

  SilentLog log_;
  TempDirectory folder_;
  ProviderRegistry registry_{{MEDIADOCK_TEST_PLUGINS}};
  std::shared_ptr<IStorageProvider> storage_ = registry_.open("memory", Settings(), log_);
  cache::BlobCache blobs_{{.directory = folder_.path() / "cache", .maxBytes = 64U << 20U}};
  std::atomic<int> reads_ = 0;
  std::atomic<int> stats_ = 0;
  std::shared_ptr<IStorageProvider> counted_ =
      media::intercept(storage_, [this](const std::string& step) {
        if (step == "before openRead") {
          ++reads_;
          if (beforeRead) {
            beforeRead();
          }
        } else if (step == "after openRead" && afterRead) {
          std::exchange(afterRead, {})();
        } else if (step == "before stat") {
          ++stats_;
        }
      });
};

TEST_F(CachedProviderTest, ReadsAFileOnce) {
  const auto provider = cached();
  put(*storage_, kFile, "content");

  EXPECT_EQ(get(*provider, kFile), "content");
  EXPECT_EQ(get(*provider, kFile), "content");

  EXPECT_EQ(reads(), 1);
}

TEST_F(CachedProviderTest, KeepsALargeFileAsItIsRead) {
  const auto provider = cached();
  put(*storage_, kFile, kLarge);

  EXPECT_TRUE(get(*provider, kFile) == kLarge);
  EXPECT_TRUE(get(*provider, kFile) == kLarge);

  EXPECT_EQ(reads(), 1);
}

TEST_F(CachedProviderTest, KeepsNothingOfAFileThatWasReadInPart) {
  const auto provider = cached();
  put(*storage_, kFile, kLarge);
  {
    const auto stream = provider->openRead(kFile, {}, kContext);
    std::vector<std::byte> half(kLarge.size() / 2);
    ASSERT_GT(stream->read(half), 0U);
  }

  EXPECT_TRUE(get(*provider, kFile) == kLarge);

  EXPECT_EQ(reads(), 2);
}

TEST_F(CachedProviderTest, BelievesAListing) {
  put(*storage_, kFile, "content");
  get(*cached(), kFile);
  const auto afterRestart = cached();
  reads();

  afterRestart->list(kFile.parent(), {}, kContext);

  EXPECT_EQ(get(*afterRestart, kFile), "content");
  EXPECT_EQ(afterRestart->stat(kFile, kContext)->size, 7U);
  EXPECT_EQ(reads(), 0);
  EXPECT_EQ(stats(), 0);
}

TEST_F(CachedProviderTest, AsksAgainAfterAWhile) {
  const auto provider = cached(kAlwaysAsk);
  put(*storage_, kFile, "content");
  get(*provider, kFile);
  reads();

  EXPECT_EQ(get(*provider, kFile), "content");
  EXPECT_EQ(reads(), 1);
  put(*storage_, kFile, "changed");

  EXPECT_EQ(get(*provider, kFile), "changed");
}

TEST_F(CachedProviderTest, SeesItsOwnChangesAtOnce) {
  const auto provider = cached();
  const auto prime = [&] {
    put(*provider, kFile, "content");
    ASSERT_EQ(get(*provider, kFile), "content");
  };
  const auto expectGone = [&] {
    EXPECT_THAT([&] { provider->openRead(kFile, {}, kContext); },
                ThrowsStorageError(StorageErrc::NotFound));
    EXPECT_FALSE(provider->stat(kFile, kContext));
  };

  prime();
  put(*provider, kFile, "replaced");
  EXPECT_EQ(get(*provider, kFile), "replaced");

  prime();
  provider->remove(kFile, {}, kContext);
  expectGone();

  prime();
  provider->move(kFile, kOther, Overwrite::Replace, kContext);
  expectGone();
  EXPECT_EQ(get(*provider, kOther), "content");

  put(*provider, kFile, "another");
  provider->copy(kFile, kOther, Overwrite::Replace, kContext);
  EXPECT_EQ(get(*provider, kOther), "another");

  provider->move(kFile.parent(), StoragePath::parse("moved"), Overwrite::Never, kContext);
  expectGone();

  prime();
  provider->remove(kFile.parent(), {.recursive = true}, kContext);
  expectGone();
}

TEST_F(CachedProviderTest, DoesNotBelieveAReadThatAChangeOvertook) {
  const auto provider = cached();
  put(*storage_, kFile, "content");
  afterRead = [&] { put(*provider, kFile, "changed"); };
  get(*provider, kFile);

  EXPECT_EQ(get(*provider, kFile), "changed");
}

TEST_F(CachedProviderTest, GivesRangesOfWhatItKeeps) {
  const auto provider = cached();
  put(*storage_, kFile, "0123456789");
  const auto range = [&](std::optional<std::uint64_t> first, std::optional<std::uint64_t> last) {
    return get(*provider, kFile, {.range = ByteRange{first, last}});
  };
  get(*provider, kFile);
  reads();

  EXPECT_EQ(range(2, 4), "234");
  EXPECT_EQ(range(7, {}), "789");
  EXPECT_EQ(range(8, 100), "89");
  EXPECT_EQ(range({}, 3), "789");
  EXPECT_EQ(range({}, 100), "0123456789");
  EXPECT_THAT([&] { range(10, {}); }, ThrowsStorageError(StorageErrc::RangeNotSatisfiable));
  EXPECT_THAT([&] { range({}, 0); }, ThrowsStorageError(StorageErrc::RangeNotSatisfiable));
  EXPECT_THAT([&] { range(4, 3); }, ThrowsStorageError(StorageErrc::InvalidArgument));
  EXPECT_EQ(reads(), 0);
}

TEST_F(CachedProviderTest, HoldsConditionsAgainstWhatItKeeps) {
  const auto provider = cached();
  put(*storage_, kFile, "content");
  get(*provider, kFile);
  const ETag current = *storage_->stat(kFile, kContext)->etag;
  reads();

  EXPECT_EQ(get(*provider, kFile, {.ifMatch = current}), "content");
  EXPECT_THAT([&] { get(*provider, kFile, {.ifMatch = ETag{"other"}}); },
              ThrowsStorageError(StorageErrc::PreconditionFailed));
  EXPECT_THAT([&] { get(*provider, kFile, {.ifNoneMatch = current}); },
              ThrowsStorageError(StorageErrc::NotModified));
  EXPECT_EQ(reads(), 0);
}

TEST_F(CachedProviderTest, KeepsNoFileThatMayChangeUnderItsEtag) {
  const auto provider = cached();
  put(*storage_, kFile, "content", std::chrono::seconds(0));

  get(*provider, kFile);
  get(*provider, kFile);

  EXPECT_EQ(reads(), 2);
}

TEST_F(CachedProviderTest, OffersItsFile) {
  const auto provider = cached();
  put(*storage_, kFile, "0123456789");
  get(*provider, kFile);

  const auto stream = provider->openRead(kFile, {.range = ByteRange{2, 5}}, kContext);
  const auto region = stream->file();

  ASSERT_TRUE(region);
  std::string bytes(region->length, '\0');
  ASSERT_EQ(
      ::pread(region->descriptor, bytes.data(), bytes.size(), static_cast<off_t>(region->offset)),
      4);
  EXPECT_EQ(bytes, "2345");
}

TEST_F(CachedProviderTest, ReadsOnceForAllThatAskTogether) {
  const auto provider = cached();
  put(*storage_, kFile, "content");
  constexpr int kReaders = 8;
  std::latch started(kReaders);
  beforeRead = [&] { started.wait(); };
  std::vector<std::jthread> readers;

  for (int i = 0; i < kReaders; ++i) {
    readers.emplace_back([&] {
      started.count_down();
      EXPECT_EQ(get(*provider, kFile), "content");
    });
  }
  readers.clear();

  EXPECT_EQ(reads(), 1);
}

TEST_F(CachedProviderTest, LetsNobodyWaitWhereFilesHaveNoVersions) {
  constexpr int kReaders = 4;
  const std::string ability = "etag";
  const auto storage = registry_.open("memory", Settings({{"without", ability}}), log_);
  put(*storage, kFile, "content");
  std::latch together(kReaders);
  bool isFirst = true;
  const auto counted = media::intercept(storage, [&](const std::string& step) {
    if (step == "before openRead" && !isFirst) {
      together.arrive_and_wait();
    }
  });
  const auto provider = makeCached(counted, blobs_, {.identity = "memory"});
  get(*provider, kFile);
  isFirst = false;

  std::vector<std::jthread> readers;
  for (int i = 0; i < kReaders; ++i) {
    readers.emplace_back([&] { EXPECT_EQ(get(*provider, kFile), "content"); });
  }
}

TEST_F(CachedProviderTest, LetsAWaitingReaderBeCancelled) {
  const auto provider = cached();
  put(*storage_, kFile, "content");
  std::latch isReading(1);
  std::latch mayGoOn(1);
  beforeRead = [&] {
    isReading.count_down();
    mayGoOn.wait();
  };
  std::jthread first([&] { get(*provider, kFile); });
  isReading.wait();
  std::stop_source source;
  source.request_stop();

  EXPECT_THAT(
      [&] { provider->openRead(kFile, {}, CallContext{.cancellation = source.get_token()}); },
      ThrowsStorageError(StorageErrc::Cancelled));

  mayGoOn.count_down();
}

TEST_F(CachedProviderTest, LivesOnWithoutItsFolder) {
  const auto provider = cached();
  put(*storage_, kFile, "content");
  get(*provider, kFile);

  std::filesystem::remove_all(folder_.path() / "cache");

  EXPECT_EQ(get(*provider, kFile), "content");
  EXPECT_EQ(get(*provider, kFile), "content");
}

/// Ends after half of what it promises.
class HalfStream final : public IReadStream {
 public:
  const ReadInfo& info() const override { return info_; }

  std::size_t read(std::span<std::byte> buffer) override {
    const auto size = std::min<std::size_t>(buffer.size(), std::exchange(left_, 0));
    std::fill_n(buffer.begin(), size, std::byte{'x'});
    return size;
  }

 private:
  const ReadInfo info_{.length = 10};
  std::size_t left_ = 5;
};

TEST_F(CachedProviderTest, KeepsNoFileThatEndsBeforeItsLength) {
  EXPECT_THAT(
      [&] { keepAtOnce(std::make_unique<HalfStream>(), blobs_.startWriting("half", "", 10)); },
      ThrowsStorageError(StorageErrc::Truncated));

  EXPECT_FALSE(blobs_.find("half"));
}

TEST_F(CachedProviderTest, TellsStoragesApart) {
  put(*storage_, kFile, "content");
  get(*cached(kLong, "one"), kFile);
  reads();

  get(*cached(kLong, "two"), kFile);

  EXPECT_EQ(reads(), 1);
}

}  // namespace
}  // namespace mediadock::storage
