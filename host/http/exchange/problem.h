#pragma once

/// \file
/// From the failures of the layers below to problems; the only place that knows which failure of
/// the storage is which HTTP status.

#include "http/syntax/problem_exception.h"
#include "media/types/denied_types.h"
#include "media/uploads/unfinished_limits.h"
#include "media/uploads/upload_key_error.h"
#include "mediadock/storage_error.h"

#include <string>
#include <string_view>

namespace mediadock {

/// The status that a failure of the storage, or of the records, is answered with.
int statusOf(StorageErrc code) noexcept;

Problem toProblem(const StorageError& error);
Problem toProblem(const RefusedType& error);
Problem toProblem(const UploadKeyError& error);
Problem toProblem(const UnfinishedLimitReached& error);

/// All that is known of `error`, for the log: its words, its code, and of which call and path.
std::string describe(const StorageError& error);

/// The body: `type`, `title`, `status`, `detail`, `request_id`.
std::string toJson(const Problem& problem, std::string_view requestId);

}  // namespace mediadock
