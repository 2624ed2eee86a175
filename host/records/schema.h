#pragma once

/// \file
/// The tables, as numbered migrations.

#include "records/sql/sql_database.h"

namespace mediadock {

/// Brings the database to this program's schema, in one transaction.
/// \throws StorageError `ConfigInvalid` where a newer program has migrated it further.
void migrate(SqlDatabase& database);

}  // namespace mediadock
