#pragma once

/// \file
/// Adds to a failure what was being done, and on what.

#include "mediadock/storage_error.h"
#include "mediadock/storage_path.h"

#include <exception>
#include <string>
#include <utility>

namespace mediadock {

/// What a message begins with: `operation 'path': `, and of the root, or a call that is about no
/// path, `operation: `.
inline std::string messagePrefix(const char* operation, const StoragePath& path) {
  const std::string on = path.isRoot() ? "" : " '" + path.str() + "'";
  return operation + on + ": ";
}

/// Runs `action`. A `StorageError` out of it gets `operation` and `path` where it has none; any
/// other exception becomes `Internal`.
template <typename Action>
auto annotated(const char* operation, const StoragePath& path, Action&& action)
    -> decltype(action()) {
  const auto fill = [&](StorageFailure failure) {
    if (failure.operation.empty()) {
      failure.operation = operation;
      failure.message = messagePrefix(operation, path) + failure.message;
    }
    if (failure.path.empty()) {
      failure.path = path.str();
    }
    return StorageError(std::move(failure));
  };
  try {
    return std::forward<Action>(action)();
  } catch (const StorageError& error) {
    throw fill(error.failure());
  } catch (const std::exception& error) {
    throw fill({.code = StorageErrc::Internal, .message = error.what()});
  }
}

}  // namespace mediadock
