#pragma once

/// \file
/// Translates a database driver's exceptions into `StorageError`.

#include "mediadock/storage_error.h"
#include "records/sql/sql_dialect.h"

#include <Poco/Exception.h>

namespace mediadock::records {

/// `AlreadyExists`, `Unavailable` with `Retry::AfterDelay`, or `Internal`.
StorageError toStorageError(const Poco::Exception& failure, const ISqlDialect& dialect);

}  // namespace mediadock::records
