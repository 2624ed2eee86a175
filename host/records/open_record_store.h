#pragma once

/// \file
/// Opens the record store given by `records.url`.

#include "records/record_store.h"
#include "records/sql/sql_database.h"

#include <chrono>
#include <memory>
#include <string>

namespace mediadock::records {

/// Opens the records database, creating or migrating it if needed. `sqlite:PATH` is a file, whose
/// folder is created if missing; it takes no password.
/// \throws StorageError `ConfigInvalid` for an unusable URL or password or a database of a newer
///   program, `Unavailable` if the database cannot be reached.
/// \param timeout how long a write waits for other writers.
std::unique_ptr<IRecordStore> openRecordStore(
    const std::string& url, const std::string& password,
    std::chrono::milliseconds timeout = SqlDatabase::kTimeout);

}  // namespace mediadock::records
