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

MATCHER_P(ThrowsStorageError, code,
          std::string("throws StorageError ") + std::string(toString(StorageErrc{code}))) {
  try {
    arg();
  } catch (const StorageError& error) {
    *result_listener << "which throws " << toString(error.code()) << ": " << error.what();
    return error.code() == code;
  }
  *result_listener << "which throws nothing";
  return false;
}

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
