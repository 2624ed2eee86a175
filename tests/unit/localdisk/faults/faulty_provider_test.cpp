#include "faults/faulty_provider.h"

#include "unit/localdisk/store_fixture.h"

#include <future>
#include <stop_token>
#include <thread>

namespace mediadock::localdisk {
namespace {

class FaultyProviderTest : public StoreTest {
 protected:
  std::unique_ptr<FaultyProvider> openFaulty(FaultSettings faults) {
    return std::make_unique<FaultyProvider>(open(), std::move(faults));
  }
};

TEST_F(FaultyProviderTest, FailsTheNumberedCallOnly) {
  const auto store = openFaulty({.rules = {{"stat", 2, StorageErrc::Unavailable}}});

  EXPECT_NO_THROW(store->stat(at("a"), {}));
  EXPECT_THAT([&] { store->stat(at("a"), {}); }, ThrowsStorageError(StorageErrc::Unavailable));
  EXPECT_NO_THROW(store->stat(at("a"), {}));
}

TEST_F(FaultyProviderTest, FailsEveryCallWhereAsked) {
  const auto store = openFaulty({.rules = {{"list", {}, StorageErrc::Timeout}}});

  EXPECT_THAT([&] { store->list({}, {}, {}); }, ThrowsStorageError(StorageErrc::Timeout));
  EXPECT_THAT([&] { store->list({}, {}, {}); }, ThrowsStorageError(StorageErrc::Timeout));
  EXPECT_NO_THROW(store->quota({}));
}

TEST_F(FaultyProviderTest, LeavesNothingAfterACommitThatWasMadeToFail) {
  const auto store = openFaulty({.rules = {{"commit", 1, StorageErrc::Internal}}});
  const auto stream = store->openWrite({.path = at("a")}, {}, {});
  stream->write(bytesOf("x"));

  EXPECT_THAT([&] { stream->commit(); }, ThrowsStorageError(StorageErrc::Internal));
  EXPECT_THAT([&] { stream->commit(); }, ThrowsStorageError(StorageErrc::InvalidArgument));
  stream->abort();

  EXPECT_EQ(store->stat(at("a"), {}), std::nullopt);
  EXPECT_EQ(tempFileCount(), 0U);
}

TEST_F(FaultyProviderTest, KeepsTheBytesAfterAnInjectedConflict) {
  const auto store = openFaulty({.rules = {{"commit", 1, StorageErrc::AlreadyExists}}});
  const auto stream = store->openWrite({.path = at("a")}, {}, {});
  stream->write(bytesOf("x"));
  EXPECT_THAT([&] { stream->commit(); }, ThrowsStorageError(StorageErrc::AlreadyExists));

  stream->retarget({.path = at("b")});
  stream->commit();

  EXPECT_EQ(readAll(*store, "b"), "x");
}

TEST_F(FaultyProviderTest, CutsReadingAfterTheGivenBytes) {
  writeAll(*open(), "a", "0123456789");
  const auto store = openFaulty({.cutReadAfterBytes = 4});
  const auto stream = store->openRead(at("a"), {}, {});
  std::string buffer(100, ' ');

  EXPECT_EQ(stream->read(std::as_writable_bytes(std::span(buffer))), 4U);
  EXPECT_THAT([&] { stream->read(std::as_writable_bytes(std::span(buffer))); },
              ThrowsStorageError(StorageErrc::Truncated));
  EXPECT_FALSE(stream->file().has_value()) << "sendfile would lead past the cut";
}

TEST_F(FaultyProviderTest, LeavesShorterFilesAlone) {
  writeAll(*open(), "a", "0123");
  const auto store = openFaulty({.cutReadAfterBytes = 4});

  EXPECT_EQ(readAll(*store, "a"), "0123");
}

TEST_F(FaultyProviderTest, CutsWritingAfterTheGivenBytes) {
  const auto store = openFaulty({.cutWriteAfterBytes = 4});
  auto stream = store->openWrite({.path = at("a")}, {}, {});

  EXPECT_NO_THROW(stream->write(bytesOf("0123")));
  EXPECT_THAT([&] { stream->write(bytesOf("4")); }, ThrowsStorageError(StorageErrc::Connection));
  EXPECT_THAT([&] { stream->commit(); }, ThrowsStorageError(StorageErrc::InvalidArgument));
  stream.reset();

  EXPECT_EQ(store->stat(at("a"), {}), std::nullopt);
}

TEST_F(FaultyProviderTest, IsFullBeyondItsCapacityInAll) {
  writeAll(*open(), "folder/old", "12345");
  const auto store = openFaulty({.capacityBytes = 10});
  const auto stream = store->openWrite({.path = at("new")}, {}, {});
  stream->write(bytesOf("12345"));

  EXPECT_THAT([&] { stream->write(bytesOf("6")); },
              ThrowsStorageError(StorageErrc::InsufficientStorage));
  EXPECT_EQ(store->quota({}).available, 0U);
  stream->abort();
  EXPECT_EQ(store->quota({}).available, 5U);
  EXPECT_EQ(store->quota({}).used, 5U);
}

TEST_F(FaultyProviderTest, RefusesADeclaredSizeBeyondItsCapacityAtOnce) {
  const auto store = openFaulty({.capacityBytes = 10});

  EXPECT_THAT([&] { store->openWrite({.path = at("a")}, {.size = 11}, {}); },
              ThrowsStorageError(StorageErrc::InsufficientStorage));
  EXPECT_NO_THROW(store->openWrite({.path = at("a")}, {.size = 10}, {}));
}

TEST_F(FaultyProviderTest, HasNoRoomForACopyBeyondItsCapacity) {
  const auto store = openFaulty({.capacityBytes = 10});
  writeAll(*store, "a", "123456");

  EXPECT_THAT([&] { store->copy(at("a"), at("b"), Overwrite::Never, {}); },
              ThrowsStorageError(StorageErrc::InsufficientStorage));
}

TEST_F(FaultyProviderTest, HasRoomAgainAfterARemoval) {
  const auto store = openFaulty({.capacityBytes = 10});
  writeAll(*store, "a", "1234567890");

  store->remove(at("a"), {}, {});

  EXPECT_NO_THROW(writeAll(*store, "b", "1234567890"));
}

TEST_F(FaultyProviderTest, DelaysCalls) {
  const auto store = openFaulty({.latency = std::chrono::milliseconds(30)});
  const auto start = std::chrono::steady_clock::now();

  store->stat(at("a"), {});

  EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(30));
}

TEST_F(FaultyProviderTest, WaitsNoLongerThanTheDeadline) {
  const auto store = openFaulty({.latency = std::chrono::hours(1)});
  const auto deadline = CallContext::Clock::now() + std::chrono::milliseconds(20);

  EXPECT_THAT([&] { store->stat(at("a"), {.deadline = deadline}); },
              ThrowsStorageError(StorageErrc::Timeout));
}

TEST_F(FaultyProviderTest, WakesADelayedCallOnCancellation) {
  const auto store = openFaulty({.latency = std::chrono::hours(1)});
  std::stop_source stop;
  auto call = std::async(std::launch::async,
                         [&] { store->stat(at("a"), {.cancellation = stop.get_token()}); });

  stop.request_stop();

  EXPECT_THAT([&] { call.get(); }, ThrowsStorageError(StorageErrc::Cancelled));
}

TEST_F(FaultyProviderTest, WakesADelayedCallOnShutdownAndRefusesLaterOnes) {
  const auto store = openFaulty({.latency = std::chrono::hours(1)});
  auto call = std::async(std::launch::async, [&] { store->list({}, {}, {}); });

  store->shutdown();

  EXPECT_THAT([&] { call.get(); }, ThrowsStorageError(StorageErrc::Cancelled));
  EXPECT_THAT([&] { store->quota({}); }, ThrowsStorageError(StorageErrc::Cancelled));
}

}  // namespace
}  // namespace mediadock::localdisk
