#pragma once

/// \file
/// Errors as the API tells them (RFC 9457); the only place that knows which failure of the storage
/// is which HTTP status.

#include "http/headers.h"
#include "media/denied_types.h"
#include "media/unfinished_limits.h"
#include "media/upload_key_error.h"
#include "mediadock/storage_error.h"

#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mediadock {

struct Problem {
  int status = 500;
  /// In the words of whoever called; names no upstream address and no secret.
  std::string detail;
  /// `urn:mediadock:problem:` and the storage's code; `about:blank` where the status says it all.
  std::string type = "about:blank";
  /// Headers that go with it: `Allow`, `Retry-After`, `Content-Range`.
  std::vector<Headers::Field> headers;
};

/// Ends a request with a problem, from wherever it is noticed.
class ProblemException final : public std::exception {
 public:
  explicit ProblemException(Problem problem) : problem_(std::move(problem)) {}

  ProblemException(int status, std::string detail)
      : problem_{.status = status, .detail = std::move(detail)} {}

  const char* what() const noexcept override { return problem_.detail.c_str(); }

  const Problem& problem() const noexcept { return problem_; }

 private:
  Problem problem_;
};

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
