#pragma once

/// \file
/// An API error (RFC 9457), and the exception that ends a request with one.

#include "http/syntax/headers.h"

#include <exception>
#include <string>
#include <utility>
#include <vector>

namespace mediadock::http {

struct Problem {
  int status = 500;
  /// In terms the client understands; contains no upstream address and no secret.
  std::string detail;
  /// `urn:mediadock:problem:` and the storage's code; `about:blank` if the status is sufficient.
  std::string type = "about:blank";
  /// Additional headers: `Allow`, `Retry-After`, `Content-Range`.
  std::vector<Headers::Field> headers;
};

/// Ends a request with a problem. Thrown at any layer.
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

}  // namespace mediadock::http
