#include "records/sql/sql_error.h"

#include "records/sql/sql_database.h"
#include "records/sql/sql_statement.h"
#include "records/sql/sqlite_dialect.h"
#include "support/storage_error_matcher.h"
#include "support/temp_directory.h"

#include <gmock/gmock.h>

namespace mediadock::records {
namespace {

/// Provokes failures of a real database.
class SqlErrorTest : public testing::Test {
 protected:
  void SetUp() override {
    execute("CREATE TABLE t (id TEXT PRIMARY KEY, n BIGINT CHECK (n < 10))");
    execute("INSERT INTO t VALUES ('a', 1)");
  }

  void execute(const std::string& sql) {
    database.write([&](Poco::Data::Session& session) { SqlStatement(session, sql).execute(); });
  }

  StorageFailure failureOf(const std::string& sql) {
    try {
      execute(sql);
    } catch (const StorageError& error) {
      return error.failure();
    }
    throw std::logic_error("it did not fail: " + sql);
  }

  TempDirectory folder;
  SqlDatabase database{std::make_unique<SqliteDialect>(folder.path() / "t.db")};
};

TEST_F(SqlErrorTest, TurnsAUniqueViolationIntoAlreadyExists) {
  EXPECT_EQ(failureOf("INSERT INTO t VALUES ('a', 2)").code, StorageErrc::AlreadyExists);
}

TEST_F(SqlErrorTest, TurnsAnotherConstraintIntoInternal) {
  EXPECT_EQ(failureOf("INSERT INTO t VALUES ('b', 20)").code, StorageErrc::Internal);
}

TEST_F(SqlErrorTest, TurnsABadStatementIntoInternal) {
  EXPECT_EQ(failureOf("INSERT INTO nowhere VALUES (1)").code, StorageErrc::Internal);
}

TEST_F(SqlErrorTest, TurnsALockHeldBySomebodyElseIntoUnavailable) {
  SqliteDialect dialect(folder.path() / "t.db");
  auto other = dialect.open();
  SqlStatement(other, "BEGIN EXCLUSIVE").execute();
  auto session = dialect.open();
  SqlStatement(session, "PRAGMA busy_timeout=1").execute();

  try {
    SqlStatement(session, "INSERT INTO t VALUES ('b', 2)").execute();
    FAIL() << "the lock does not hold";
  } catch (const Poco::Exception& failure) {
    const auto error = toStorageError(failure, dialect);
    EXPECT_EQ(error.code(), StorageErrc::Unavailable) << error.what();
    EXPECT_EQ(error.failure().retry, Retry::AfterDelay);
  }
}

TEST_F(SqlErrorTest, TurnsAFullDatabaseIntoUnavailable) {
  SqliteDialect dialect(folder.path() / "t.db");
  auto session = dialect.open();
  const auto pages = SqlStatement(session, "PRAGMA page_count").number();
  SqlStatement(session, "PRAGMA max_page_count=" + std::to_string(pages)).execute();

  try {
    SqlStatement(session, "INSERT INTO t VALUES ('b', 2), (")
        .value(std::string(1'000'000, 'x'))
        .text(", 3)")
        .execute();
    FAIL() << "the database is not full";
  } catch (const Poco::Exception& failure) {
    EXPECT_EQ(toStorageError(failure, dialect).code(), StorageErrc::Unavailable)
        << failure.displayText();
  }
}

}  // namespace
}  // namespace mediadock::records
