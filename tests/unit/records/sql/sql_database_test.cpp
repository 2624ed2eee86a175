#include "records/sql/sql_database.h"

#include "mediadock/storage_error.h"
#include "records/sql/sql_statement.h"
#include "records/sql/sqlite_dialect.h"
#include "support/storage_error_matcher.h"
#include "support/temp_directory.h"

#include <Poco/Data/SQLite/SQLiteException.h>
#include <gmock/gmock.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <thread>
#include <vector>

namespace mediadock::records {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kTimeout{1500};

class SqlDatabaseTest : public testing::Test {
 protected:
  SqlDatabaseTest() { insert("CREATE TABLE t (n BIGINT)"); }

  void insert(const std::string& sql) {
    database.write([&](Poco::Data::Session& session) { SqlStatement(session, sql).execute(); });
  }

  std::int64_t count() {
    std::int64_t found = 0;
    database.read([&](Poco::Data::Session& session) {
      found = SqlStatement(session, "SELECT COUNT(*) FROM t").number();
    });
    return found;
  }

  std::filesystem::path reserve() const { return file.string() + "-reserve"; }

  TempDirectory folder;
  const std::filesystem::path file = folder.path() / "t.db";
  SqlDatabase database{std::make_unique<SqliteDialect>(file), kTimeout};
};

/// One after the other each would find the lock after its own patience only.
TEST_F(SqlDatabaseTest, WritersBehindAForeignLockFailTogether) {
  constexpr int kWriters = 8;
  auto other = SqliteDialect(file).open();
  SqlStatement(other, "BEGIN IMMEDIATE").execute();
  std::atomic<int> refused = 0;
  const auto start = Clock::now();
  {
    std::vector<std::jthread> writers;
    for (int i = 0; i < kWriters; ++i) {
      writers.emplace_back([&] {
        EXPECT_THAT([&] { insert("INSERT INTO t VALUES (1)"); },
                    ThrowsStorageError(StorageErrc::Unavailable));
        ++refused;
      });
    }
    EXPECT_EQ(count(), 0) << "who reads does not wait";
  }
  EXPECT_LT(Clock::now() - start, kTimeout * 3);
  EXPECT_EQ(refused, kWriters);
  SqlStatement(other, "ROLLBACK").execute();

  insert("INSERT INTO t VALUES (1)");
  EXPECT_EQ(count(), 1);
}

TEST_F(SqlDatabaseTest, AWriterGetsItsTurnOnceTheForeignLockIsGone) {
  auto other = SqliteDialect(file).open();
  SqlStatement(other, "BEGIN IMMEDIATE").execute();
  std::jthread writer([&] { insert("INSERT INTO t VALUES (1)"); });
  std::this_thread::sleep_until(Clock::now() + kTimeout / 5);
  SqlStatement(other, "ROLLBACK").execute();
  writer.join();

  EXPECT_EQ(count(), 1);
}

/// Fails as on a full disk, as long as the reserve is there.
SqlDatabase::Work needingTheReserve(const std::filesystem::path& reserve, int& tries) {
  return [&](Poco::Data::Session& session) {
    ++tries;
    SqlStatement(session, "INSERT INTO t VALUES (1)").execute();
    if (std::filesystem::exists(reserve)) {
      throw Poco::Data::SQLite::DatabaseFullException("as on a full disk");
    }
  };
}

TEST_F(SqlDatabaseTest, KeepsRoomForTheDayWhenTheDiskIsFull) {
  EXPECT_EQ(std::filesystem::file_size(reserve()), DiskReserve::kBytes);
  int tries = 0;

  database.makeRoom(needingTheReserve(reserve(), tries));

  EXPECT_EQ(tries, 2);
  EXPECT_EQ(count(), 1);
  EXPECT_TRUE(std::filesystem::exists(reserve())) << "taken again, for there is room";
}

TEST_F(SqlDatabaseTest, SpendsThatRoomOnNothingElse) {
  int tries = 0;

  EXPECT_THAT([&] { database.write(needingTheReserve(reserve(), tries)); },
              ThrowsStorageError(StorageErrc::Unavailable));

  EXPECT_EQ(tries, 1);
  EXPECT_EQ(count(), 0);
  EXPECT_TRUE(std::filesystem::exists(reserve()));
}

TEST_F(SqlDatabaseTest, GivesTheRoomToTheJournal) {
  const auto journal = file.string() + "-wal";
  const auto length = std::filesystem::file_size(journal);
  const auto before = std::filesystem::space(folder.path()).available;
  DiskReserve reserve(folder.path() / "other");
  reserve.take();

  EXPECT_TRUE(reserve.giveTo(journal));

  EXPECT_FALSE(reserve.giveTo(journal)) << "there is one";
  EXPECT_EQ(std::filesystem::file_size(journal), length);
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "other"));
  EXPECT_GT(before, 0U);
}

}  // namespace
}  // namespace mediadock::records
