#pragma once

/// \file
/// `EXPECT_THAT(call, ThrowsStorageError(StorageErrc::NotFound))`, where `call` is a callable, and
/// what it threw in full.

#include "mediadock/storage_error.h"

#include <gmock/gmock.h>

#include <functional>
#include <ostream>

namespace mediadock {

inline void PrintTo(StorageErrc code, std::ostream* out) {
  *out << toString(code);
}

/// Not made by `MATCHER_P`, which would compile it anew for each callable.
class ThrowsStorageError final {
 public:
  using is_gtest_matcher = void;

  explicit ThrowsStorageError(StorageErrc code) : code_(code) {}

  bool MatchAndExplain(const std::function<void()>& call, std::ostream* explanation) const {
    std::ostream nowhere(nullptr);
    std::ostream& out = explanation == nullptr ? nowhere : *explanation;
    try {
      call();
    } catch (const StorageError& error) {
      out << "which throws " << toString(error.code()) << ": " << error.what();
      return error.code() == code_;
    }
    out << "which throws nothing";
    return false;
  }

  void DescribeTo(std::ostream* out) const { *out << "throws StorageError " << toString(code_); }

  void DescribeNegationTo(std::ostream* out) const {
    *out << "does not throw StorageError " << toString(code_);
  }

 private:
  StorageErrc code_;
};

/// The failure of `call`; empty, and a failure of the test, if there is none.
inline StorageFailure failureOf(const std::function<void()>& call) {
  try {
    call();
  } catch (const StorageError& error) {
    return error.failure();
  }
  ADD_FAILURE() << "nothing was thrown";
  return {};
}

}  // namespace mediadock
