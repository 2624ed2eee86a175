#include "records/open_record_store.h"

#include "mediadock/storage_error.h"
#include "records/sql/sqlite_dialect.h"
#include "records/sql_record_store.h"

#include <string_view>

namespace mediadock::records {

std::unique_ptr<IRecordStore> openRecordStore(const std::string& url, const std::string& password,
                                              std::chrono::milliseconds timeout) {
  constexpr std::string_view kSqlite = "sqlite:";
  const std::string path = url.starts_with(kSqlite) ? url.substr(kSqlite.size()) : "";
  if (!path.empty()) {
    if (!password.empty()) {
      throw StorageError(StorageErrc::ConfigInvalid,
                         "records.password is set, but a SQLite database takes none");
    }
    return std::make_unique<SqlRecordStore>(std::make_unique<SqliteDialect>(path), timeout);
  }
  // Keep the URL itself out of the message: it may contain a password.
  const auto scheme = url.substr(0, url.find(':'));
  throw StorageError(StorageErrc::ConfigInvalid, "records.url: unknown scheme or empty path in '" +
                                                     scheme + ":…'; known: sqlite:PATH");
}

}  // namespace mediadock::records
