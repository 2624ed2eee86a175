#pragma once

/// \file
/// `EXPECT_THAT(call, ThrowsProblem(400))`, where `call` is a callable.

#include "http/syntax/problem_exception.h"

#include <gmock/gmock.h>

namespace mediadock {

MATCHER_P(ThrowsProblem, status, "throws a problem with status " + std::to_string(status)) {
  try {
    arg();
  } catch (const ProblemException& error) {
    *result_listener << "which throws " << error.problem().status << ": " << error.what();
    return error.problem().status == status;
  }
  *result_listener << "which throws no problem";
  return false;
}

}  // namespace mediadock
