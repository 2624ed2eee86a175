#include "mediadock/storage_error.h"
#include "records/open_record_store.h"
#include "support/storage_error_matcher.h"
#include "support/temp_directory.h"
#include "unit/records/record_store_suite.h"

#include <Poco/Data/SQLite/SessionImpl.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <gmock/gmock.h>

#include <filesystem>
#include <string>
#include <thread>
#include <vector>

namespace mediadock::records {
namespace {

class SqliteDatabase final : public IRecordDatabase {
 public:
  std::unique_ptr<IRecordStore> open() override { return openRecordStore("sqlite:" + file(), ""); }

  std::string file() const { return (folder_.path() / "media.db").string(); }

  /// Speaks to the database past the store.
  std::string execute(const std::string& sql) const {
    Poco::Data::Session session(
        Poco::AutoPtr<Poco::Data::SessionImpl>(new Poco::Data::SQLite::SessionImpl(file())));
    std::string answer;
    session << sql, Poco::Data::Keywords::into(answer), Poco::Data::Keywords::now;
    return answer;
  }

 private:
  TempDirectory folder_;
};

std::unique_ptr<IRecordDatabase> makeSqliteDatabase() {
  return std::make_unique<SqliteDatabase>();
}

INSTANTIATE_TEST_SUITE_P(Sqlite, RecordStoreSuite, testing::Values(&makeSqliteDatabase),
                         [](const auto& /*info*/) { return "File"; });

TEST(SqliteRecordStore, KeepsItsDatabaseInWalMode) {
  SqliteDatabase database;

  database.open();

  EXPECT_EQ(database.execute("PRAGMA journal_mode"), "wal");
}

std::filesystem::perms modeOf(const std::string& file) {
  return std::filesystem::status(file).permissions();
}

TEST(SqliteRecordStore, KeepsItsDatabaseAndItsJournalToItself) {
  SqliteDatabase database;

  const auto store = database.open();

  constexpr auto kOwner = std::filesystem::perms::owner_read | std::filesystem::perms::owner_write;
  EXPECT_EQ(modeOf(database.file()), kOwner);
  EXPECT_EQ(modeOf(database.file() + "-wal"), kOwner);
  EXPECT_EQ(modeOf(database.file() + "-shm"), kOwner);
}

TEST(SqliteRecordStore, ClosesTheDatabaseOfAnOlderHostToOthers) {
  SqliteDatabase database;
  database.open();
  using std::filesystem::perms;
  std::filesystem::permissions(database.file(), perms{0644});

  const auto store = database.open();

  EXPECT_EQ(modeOf(database.file()), perms{0640});
  EXPECT_NO_THROW(store->check());
}

TEST(SqliteRecordStore, CanBeOpenedByManyHostsAtOnceForTheFirstTime) {
  SqliteDatabase database;
  {
    std::vector<std::jthread> hosts;
    for (int i = 0; i < 6; ++i) {
      hosts.emplace_back([&] { EXPECT_NO_THROW(database.open()->check()); });
    }
  }

  EXPECT_EQ(database.execute("SELECT COUNT(*) FROM crm_media_schema"), "1");
}

TEST(SqliteRecordStore, SaysUnavailableWhereTheFileIsNoFile) {
  SqliteDatabase database;
  std::filesystem::create_directory(database.file());

  EXPECT_THAT([&] { database.open(); }, ThrowsStorageError(StorageErrc::Unavailable));
}

TEST(SqliteRecordStore, SaysInternalForARowThatItCannotHaveWritten) {
  SqliteDatabase database;
  const auto store = database.open();
  store->insert(recordAt("a"));
  database.execute("UPDATE crm_media SET nextcloud_path = '../a'");

  EXPECT_THAT([&] { store->find(recordAt("a").id); }, ThrowsStorageError(StorageErrc::Internal));
}

TEST(SqliteRecordStore, KeepsWhatItDoesNotShowOfARow) {
  SqliteDatabase database;
  const auto store = database.open();
  auto large = recordAt("a");
  large.tags = std::vector<std::string>(50000, "t");
  store->insert(large);
  const auto length = database.execute("SELECT length(tags) FROM crm_media");

  store->update(large.id, {.customerId = "another", .type = MediaType::Other});
  store->beginMove(large.path, StoragePath::parse("b"));
  store->finishMove(large.path, StoragePath::parse("b"));
  auto successor = recordAt("b");
  successor.id = "another id";
  successor.tags.clear();
  store->beginUpload(successor);
  store->finishUpload(successor);

  EXPECT_EQ(database.execute("SELECT length(tags) FROM crm_media"), length);
  EXPECT_EQ(store->find(large.id).value().customerId, "C-17");
  store->update(large.id, {.tags = std::vector<std::string>{"one"}});
  EXPECT_EQ(database.execute("SELECT tags FROM crm_media"), R"(["one"])");
}

TEST(SqliteRecordStore, ShowsARowWhoseTagsAreNoArrayOfTextsAsBad) {
  SqliteDatabase database;
  const auto store = database.open();
  store->insert(recordAt("a"));
  for (const std::string tags : {"", "{}", "[1"}) {
    database.execute("UPDATE crm_media SET tags = '" + tags + "'");
    EXPECT_THAT([&] { store->find(recordAt("a").id); }, ThrowsStorageError(StorageErrc::Internal))
        << tags;
  }
}

TEST(SqliteRecordStore, StaysUsableAfterAFailedTransaction) {
  SqliteDatabase database;
  const auto store = database.open();
  store->insert(recordAt("a"));

  EXPECT_THAT([&] { store->insert(recordAt("a")); },
              ThrowsStorageError(StorageErrc::AlreadyExists));

  EXPECT_NO_THROW(store->insert(recordAt("b")));
}

}  // namespace
}  // namespace mediadock::records
