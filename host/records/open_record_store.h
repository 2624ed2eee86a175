#pragma once

/// \file
/// Finds the record store for a `records.url`.

#include "records/record_store.h"

#include <memory>
#include <string>

namespace mediadock {

/// Opens, and where needed makes or migrates, the records database. `sqlite:PATH` is a file, its
/// folder made where it is missing; it takes no password.
/// \throws StorageError `ConfigInvalid` for a URL or password that it cannot use or a database of a
/// newer
///   program, `Unavailable` where the database cannot be reached.
std::unique_ptr<IRecordStore> openRecordStore(const std::string& url, const std::string& password);

}  // namespace mediadock
