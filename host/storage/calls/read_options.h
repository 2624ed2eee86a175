#pragma once

/// \file
/// Evaluates the conditions of a read against a known file, for storages that do not do it
/// themselves.

#include "mediadock/entry.h"
#include "mediadock/streams.h"

namespace mediadock::storage {

/// Checks the conditions in `options` against the version that `entry` describes. An entry without
/// an etag matches none.
/// \throws StorageError `PreconditionFailed`, `NotModified`.
void requireConditions(const Entry& entry, const ReadOptions& options);

}  // namespace mediadock::storage
