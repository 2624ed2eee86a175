#pragma once

/// \file
/// Maps errors of the lower layers to problems (RFC 9457); the only place that maps storage errors
/// to HTTP statuses.

#include "http/syntax/problem_exception.h"
#include "media/types/denied_types.h"
#include "media/uploads/unfinished_limits.h"
#include "media/uploads/upload_key_error.h"
#include "mediadock/storage_error.h"

#include <string>
#include <string_view>

namespace mediadock::http {

/// The HTTP status for an error of the storage or of the record store.
int statusOf(StorageErrc code) noexcept;

Problem toProblem(const StorageError& error);
Problem toProblem(const media::RefusedType& error);
Problem toProblem(const media::UploadKeyError& error);
Problem toProblem(const media::UnfinishedLimitReached& error);

/// All details of `error`, for the log: message, code, call and path.
std::string describe(const StorageError& error);

/// The response body: `type`, `title`, `status`, `detail`, `request_id`.
std::string toJson(const Problem& problem, std::string_view requestId);

}  // namespace mediadock::http
