#pragma once

/// \file
/// An error as the API tells it (RFC 9457), and the exception that ends a request with one.

#include "http/syntax/headers.h"

#include <exception>
#include <string>
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

}  // namespace mediadock
