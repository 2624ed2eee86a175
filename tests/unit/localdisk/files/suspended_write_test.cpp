#include "disk/temp_folder.h"
#include "faults/faulty_provider.h"
#include "unit/localdisk/store_fixture.h"

#include <sys/stat.h>
#include <unistd.h>

namespace mediadock::localdisk {
namespace {

class SuspendedWrite : public StoreTest {
 protected:
  /// Writes `content` into a new file `a`, to be gone on with; then `lost`, which no token covers.
  static std::string suspend(IStorageProvider& store, std::string_view content,
                             std::string_view lost = "") {
    const auto stream = store.openWrite({.path = at("a")}, {}, {});
    stream->write(bytesOf(content));
    auto token = stream->suspend();
    stream->write(bytesOf(lost));
    return token;
  }

  static std::unique_ptr<IWriteStream> resume(IStorageProvider& store, const std::string& token) {
    return store.resumeWrite(token, {.path = at("a")}, {}, {});
  }

  std::uint64_t bytesOnDisk() const {
    constexpr std::uint64_t kBlock = 512;

    struct stat status {};

    EXPECT_EQ(::stat(onlyTempFile().c_str(), &status), 0);
    return static_cast<std::uint64_t>(status.st_blocks) * kBlock;
  }

  std::filesystem::path onlyTempFile() const {
    return std::filesystem::directory_iterator(root / ".mediadock-tmp")->path();
  }
};

TEST_F(SuspendedWrite, OutlivesACrashAndTheSweepAfterIt) {
  const auto crash = [this] {
    const auto store = open();
    const auto stream = store->openWrite({.path = at("a")}, {}, {});
    stream->write(bytesOf("one "));
    putFile(base / "token", stream->suspend());
    stream->write(bytesOf("lost"));
    ::_exit(7);
  };
  EXPECT_EXIT(crash(), ::testing::ExitedWithCode(7), "");

  const auto store = open();
  const auto stream = resume(*store, fileContent(base / "token"));
  stream->write(bytesOf("two"));
  stream->commit();

  EXPECT_EQ(readAll(*store, "a"), "one two");
  EXPECT_EQ(tempFileCount(), 0U);
}

TEST_F(SuspendedWrite, IsSweptOnceNobodyAskedForItLongEnough) {
  const auto token = suspend(*open(), "content");
  std::filesystem::last_write_time(onlyTempFile(), std::filesystem::file_time_type::clock::now() -
                                                       kKeptFor - std::chrono::hours(1));

  const auto store = open();

  EXPECT_EQ(tempFileCount(), 0U);
  EXPECT_THAT([&] { resume(*store, token); }, ThrowsStorageError(StorageErrc::NotFound));
}

TEST_F(SuspendedWrite, TakesNoRoomForWhatIsOnlyAnnounced) {
  constexpr std::uint64_t kAnnounced = 64U << 20U;
  const auto store = open();
  const auto stream = store->openWrite({.path = at("a")}, {.size = kAnnounced}, {});
  stream->write(bytesOf(std::string(5000, 'x')));
  EXPECT_LT(bytesOnDisk(), kAnnounced / 10);

  stream->suspend();

  EXPECT_LT(bytesOnDisk(), kAnnounced / 10);
}

TEST_F(SuspendedWrite, LeavesNothingThatNoTokenCovers) {
  const std::string lost(1U << 20U, 'x');
  const auto store = open();
  const auto token = suspend(*store, "one ", lost);
  EXPECT_EQ(std::filesystem::file_size(onlyTempFile()), 4U);
  resume(*store, token)->write(bytesOf(lost));

  EXPECT_EQ(std::filesystem::file_size(onlyTempFile()), 4U);
}

TEST_F(SuspendedWrite, IsNotSweptForTheTimeThatTheFileIsToHave) {
  const auto store = open();
  std::string token;
  {
    const auto stream = store->openWrite({.path = at("a")}, {.modifiedAt = Timestamp()}, {});
    token = stream->suspend();
  }

  const auto other = open();
  const auto stream = other->resumeWrite(token, {.path = at("a")}, {.modifiedAt = Timestamp()}, {});

  EXPECT_EQ(stream->commit().modifiedAt, Timestamp());
}

TEST_F(SuspendedWrite, HasOneLivingWriter) {
  const auto store = open();
  const auto token = suspend(*store, "content");
  const auto living = resume(*store, token);

  EXPECT_THAT([&] { resume(*store, token); }, ThrowsStorageError(StorageErrc::Locked));
  EXPECT_THAT([&] { store->dropWrite(token, {}); }, ThrowsStorageError(StorageErrc::Locked));
  living->commit();
  EXPECT_EQ(readAll(*store, "a"), "content");
}

TEST_F(SuspendedWrite, IsGoneWhereItsFileIsShorterThanTheTokenSays) {
  const auto store = open();
  const auto token = suspend(*store, "content");
  std::filesystem::resize_file(onlyTempFile(), 3);

  EXPECT_THAT([&] { resume(*store, token); }, ThrowsStorageError(StorageErrc::NotFound));
}

TEST_F(SuspendedWrite, KeepsAnEarlierTokenWhenALaterStepFails) {
  const auto store = open();
  const auto token = suspend(*store, "one ", "lost");

  const auto stream = resume(*store, token);
  stream->write(bytesOf("two"));
  stream->commit();

  EXPECT_EQ(readAll(*store, "a"), "one two");
}

TEST_F(SuspendedWrite, GoesThroughFaults) {
  FaultyProvider store(open(), {.rules = {{"suspend", 2, StorageErrc::Timeout},
                                          {"resumeWrite", 2, StorageErrc::Unavailable},
                                          {"dropWrite", 1, StorageErrc::Unavailable}}});
  const auto token = suspend(store, "content");

  const auto stream = resume(store, token);
  EXPECT_THAT([&] { stream->suspend(); }, ThrowsStorageError(StorageErrc::Timeout));
  EXPECT_THAT([&] { resume(store, token); }, ThrowsStorageError(StorageErrc::Unavailable));
  EXPECT_THAT([&] { store.dropWrite(token, {}); }, ThrowsStorageError(StorageErrc::Unavailable));
  stream->abort();
  store.dropWrite(token, {});
  EXPECT_EQ(tempFileCount(), 0U);
}

}  // namespace
}  // namespace mediadock::localdisk
