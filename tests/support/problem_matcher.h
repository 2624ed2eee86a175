#pragma once

/// \file
/// `EXPECT_THAT(call, ThrowsProblem(400))`, where `call` is a callable.

#include "http/syntax/problem_exception.h"

#include <gmock/gmock.h>

#include <functional>
#include <ostream>

namespace mediadock {

/// Not made by `MATCHER_P`, which would compile it anew for each callable.
class ThrowsProblem final {
 public:
  using is_gtest_matcher = void;

  explicit ThrowsProblem(int status) : status_(status) {}

  bool MatchAndExplain(const std::function<void()>& call, std::ostream* explanation) const {
    std::ostream nowhere(nullptr);
    std::ostream& out = explanation == nullptr ? nowhere : *explanation;
    try {
      call();
    } catch (const http::ProblemException& error) {
      out << "which throws " << error.problem().status << ": " << error.what();
      return error.problem().status == status_;
    }
    out << "which throws no problem";
    return false;
  }

  void DescribeTo(std::ostream* out) const { *out << "throws a problem with status " << status_; }

  void DescribeNegationTo(std::ostream* out) const {
    *out << "does not throw a problem with status " << status_;
  }

 private:
  int status_;
};

}  // namespace mediadock
