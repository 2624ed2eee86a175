#include "records/schema.h"

#include "mediadock/storage_error.h"
#include "records/sql/sql_statement.h"
#include "records/sql/sqlite_dialect.h"
#include "support/storage_error_matcher.h"
#include "support/temp_directory.h"

#include <gmock/gmock.h>

namespace mediadock::records {
namespace {

class SchemaTest : public testing::Test {
 protected:
  void execute(const std::string& sql) {
    database.write([&](Poco::Data::Session& session) { SqlStatement(session, sql).execute(); });
  }

  std::int64_t number(const std::string& sql) {
    std::int64_t result = 0;
    database.read(
        [&](Poco::Data::Session& session) { result = SqlStatement(session, sql).number(); });
    return result;
  }

  TempDirectory folder;
  SqlDatabase database{std::make_unique<SqliteDialect>(folder.path() / "media.db")};
};

TEST_F(SchemaTest, MigratesAnEmptyDatabase) {
  migrate(database);

  EXPECT_EQ(number("SELECT COUNT(*) FROM crm_media"), 0);
  EXPECT_EQ(number("SELECT COUNT(*) FROM crm_upload"), 0);
  EXPECT_EQ(number("SELECT version FROM crm_media_schema"), 5);
}

TEST_F(SchemaTest, LeavesACurrentDatabaseAsItIs) {
  migrate(database);

  migrate(database);

  EXPECT_EQ(number("SELECT COUNT(*) FROM crm_media_schema"), 1);
}

TEST_F(SchemaTest, RefusesADatabaseOfANewerVersion) {
  migrate(database);
  execute("UPDATE crm_media_schema SET version = 999");

  EXPECT_THAT([&] { migrate(database); }, ThrowsStorageError(StorageErrc::ConfigInvalid));

  EXPECT_EQ(number("SELECT version FROM crm_media_schema"), 999);
}

TEST_F(SchemaTest, LeavesNothingOfAMigrationThatFails) {
  execute("CREATE TABLE crm_media_created (x TEXT)");  // The name of an index of the migration.

  EXPECT_THAT([&] { migrate(database); }, ThrowsStorageError(StorageErrc::Internal));

  EXPECT_EQ(number("SELECT COUNT(*) FROM sqlite_master WHERE name IN "
                   "('crm_media', 'crm_media_schema')"),
            0);
}

}  // namespace
}  // namespace mediadock::records
