#include "storage/boundary/fault_boundary_provider.h"

#include "storage/loading/provider_registry.h"
#include "support/silent_log.h"
#include "support/storage_error_matcher.h"
#include "unit/storage/boundary/plain_call.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <malloc.h>
#include <string>
#include <vector>

namespace mediadock::storage {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class FaultBoundaryProviderTest : public testing::Test {
 protected:
  std::shared_ptr<IStorageProvider> open(const std::string& name, Settings::Values values = {}) {
    return registry_.open(name, Settings(std::move(values)), log_);
  }

  /// Each of the provider's calls.
  static std::vector<std::function<void()>> callsOn(IStorageProvider& provider) {
    return {[&] { provider.check(kContext); },
            [&] { provider.stat(kFile, kContext); },
            [&] { provider.list(kFile, {}, kContext); },
            [&] {
              std::vector<Entry> entries;
              provider.openList(kFile, kContext)->next(entries, {});
            },
            [&] { provider.openRead(kFile, {}, kContext); },
            [&] { provider.openWrite({.path = kFile}, {}, kContext); },
            [&] { provider.resumeWrite("token", {.path = kFile}, {}, kContext); },
            [&] { provider.dropWrite("token", kContext); },
            [&] { provider.remove(kFile, {}, kContext); },
            [&] { provider.makeDirectory(kFile, kContext); },
            [&] { provider.copy(kFile, kFile, Overwrite::Never, kContext); },
            [&] { provider.move(kFile, kFile, Overwrite::Never, kContext); },
            [&] { provider.openPreview(kFile, {}, kContext); },
            [&] { provider.quota(kContext); },
            [&] { provider.capabilities(); }};
  }

  static std::vector<std::function<void()>> callsOn(IReadStream& stream) {
    return {[&] { stream.read({}); }, [&] { stream.file(); }};
  }

  static std::vector<std::function<void()>> callsOn(IWriteStream& stream) {
    return {[&] { stream.write({}); }, [&] { stream.flush(); }, [&] { stream.suspend(); },
            [&] { stream.retarget({.path = kFile}); }, [&] { stream.commit(); }};
  }

  SilentLog log_;
  ProviderRegistry registry_{{MEDIADOCK_TEST_PLUGINS}};
};

/// What a plugin throws although it must not, by the name that the throwing plugin knows it by.
class GuardAgainst : public FaultBoundaryProviderTest,
                     public testing::WithParamInterface<std::string> {};

// P06
TEST_P(GuardAgainst, MakesAFactorysFailureInternal) {
  EXPECT_THAT(
      [&] {
        open("throwing", {{"factory", GetParam()}});
      },
      ThrowsStorageError(StorageErrc::Internal));
}

// P07
TEST_P(GuardAgainst, MakesAProvidersFailureInternal) {
  const auto provider = open("throwing", {{"method", GetParam()}});

  for (const auto& call : callsOn(*provider)) {
    EXPECT_THAT(call, ThrowsStorageError(StorageErrc::Internal));
  }
}

TEST_P(GuardAgainst, MakesAStreamsFailureInternal) {
  const auto provider = open("throwing", {{"method", GetParam()}, {"streams", "true"}});
  const auto reader = provider->openRead(kFile, {}, kContext);
  const auto writer = provider->openWrite({.path = kFile}, {}, kContext);

  EXPECT_THAT([&] { provider->openRead({}, {}, kContext); },
              ThrowsStorageError(StorageErrc::Internal));
  for (const auto& call : callsOn(*reader)) {
    EXPECT_THAT(call, ThrowsStorageError(StorageErrc::Internal));
  }
  for (const auto& call : callsOn(*writer)) {
    EXPECT_THAT(call, ThrowsStorageError(StorageErrc::Internal));
  }
}

INSTANTIATE_TEST_SUITE_P(FaultBoundaryProvider, GuardAgainst,
                         testing::Values("standard", "integer"),
                         [](const auto& tested) { return tested.param; });

TEST_F(FaultBoundaryProviderTest, MakesAFactoryThatGivesNothingAnError) {
  EXPECT_THAT(
      [&] {
        open("throwing", {{"factory", "null"}});
      },
      ThrowsStorageError(StorageErrc::Internal));
}

TEST_F(FaultBoundaryProviderTest, HandsAFactorysOwnCodeOn) {
  const StorageFailure failure = failureOf([&] { open("throwing", {{"factory", "storage"}}); });

  EXPECT_EQ(failure.code, StorageErrc::Locked);
  EXPECT_THAT(failure.message,
              AllOf(HasSubstr("'throwing'"), HasSubstr("somebody else works on it")));
}

TEST_F(FaultBoundaryProviderTest, KeepsTheTextOfAForeignException) {
  const auto provider = open("throwing");

  const StorageFailure failure = failureOf([&] { provider->stat(kFile, kContext); });

  EXPECT_EQ(
      failure.message,
      "plugin 'throwing' failed in stat of 'folder/file': std::runtime_error: broken on purpose");
  EXPECT_EQ(failure.operation, "stat");
  EXPECT_EQ(failure.path, "folder/file");
}

TEST_F(FaultBoundaryProviderTest, NamesTheTypeOfWhatIsNoException) {
  const auto provider = open("throwing", {{"method", "integer"}});

  const StorageFailure failure = failureOf([&] { provider->stat(kFile, kContext); });

  EXPECT_THAT(failure.message, HasSubstr("it threw int, which is no exception"));
}

TEST_F(FaultBoundaryProviderTest, AddsOperationAndPathToAStorageErrorWithoutThem) {
  const auto provider = open("throwing", {{"method", "storage"}});

  const StorageFailure failure = failureOf([&] { provider->remove(kFile, {}, kContext); });

  EXPECT_EQ(failure.code, StorageErrc::Locked);
  EXPECT_EQ(failure.message, "somebody else works on it");
  EXPECT_EQ(failure.operation, "remove");
  EXPECT_EQ(failure.path, "folder/file");
}

TEST_F(FaultBoundaryProviderTest, DoesNotBeginACancelledCall) {
  const auto provider = open("throwing");
  std::stop_source source;
  source.request_stop();

  EXPECT_THAT([&] { provider->stat(kFile, {.cancellation = source.get_token()}); },
              ThrowsStorageError(StorageErrc::Cancelled));
}

TEST_F(FaultBoundaryProviderTest, DoesNotBeginACallPastItsDeadline) {
  const auto provider = open("throwing");

  EXPECT_THAT([&] { provider->stat(kFile, {.deadline = CallContext::Clock::now()}); },
              ThrowsStorageError(StorageErrc::Timeout));
}

// P08
TEST_F(FaultBoundaryProviderTest, DoesNotGrowOverAThousandProviders) {
  const auto openAndDrop = [&](int times) {
    for (int i = 0; i < times; ++i) {
      open("memory")->makeDirectory(kFile, kContext);
    }
  };
  openAndDrop(10);
  const std::size_t before = ::mallinfo2().uordblks;

  openAndDrop(1000);

  EXPECT_LE(::mallinfo2().uordblks, before + 4096);
}

// P09
TEST_F(FaultBoundaryProviderTest, LetsStreamsOutliveTheHandle) {
  auto provider = open("memory");
  auto writer = provider->openWrite({.path = kFile}, {}, kContext);
  writer->write(std::as_bytes(std::span("bytes", 5)));
  writer->commit();
  auto reader = provider->openRead(kFile, {}, kContext);

  provider.reset();
  writer.reset();
  std::string text(5, '\0');
  reader->read(std::as_writable_bytes(std::span(text)));

  EXPECT_EQ(text, "bytes");
}

}  // namespace
}  // namespace mediadock::storage
