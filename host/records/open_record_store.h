#pragma once

/// \file
/// Finds the record store for a `records.url`.

#include "records/record_store.h"
#include "records/sql/sql_database.h"

#include <chrono>
#include <memory>
#include <string>

namespace mediadock {

/// Opens, and where needed makes or migrates, the records database. `sqlite:PATH` is a file, its
/// folder made where it is missing; it takes no password.
/// \throws StorageError `ConfigInvalid` for a URL or password that it cannot use or a database of a
/// newer
///   program, `Unavailable` where the database cannot be reached.
/// \param patience how long a change waits for those of others.
std::unique_ptr<IRecordStore> openRecordStore(
    const std::string& url, const std::string& password,
    std::chrono::milliseconds patience = SqlDatabase::kPatience);

}  // namespace mediadock
