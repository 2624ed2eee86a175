#pragma once

/// \file
/// `EXPECT_THAT(call, ThrowsStorageError(StorageErrc::NotFound))`, where `call` is a callable.

#include "mediadock/storage_error.h"

#include <gmock/gmock.h>

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

}  // namespace mediadock
