#pragma once

/// \file
/// The database tables, as numbered migrations.

#include "records/sql/sql_database.h"

namespace mediadock::records {

/// Migrates the database to this program's schema, in one transaction.
/// \throws StorageError `ConfigInvalid` if a newer program has migrated it further.
void migrate(SqlDatabase& database);

}  // namespace mediadock::records
