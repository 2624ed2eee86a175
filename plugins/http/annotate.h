#pragma once

/// \file
/// Adds the operation and the path to a failure.

#include "mediadock/storage_error.h"
#include "mediadock/storage_path.h"

#include <exception>
#include <string>
#include <utility>

namespace mediadock::http_client {

/// The beginning of a message: `operation 'path': `; for the root, or a call without a path,
/// `operation: `.
inline std::string messagePrefix(const char* operation, const StoragePath& path) {
  const std::string on = path.isRoot() ? "" : " '" + path.str() + "'";
  return operation + on + ": ";
}

/// Runs `action`. A `StorageError` that it throws gets `operation` and `path` unless it has them;
/// any other exception becomes `Internal`.
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

}  // namespace mediadock::http_client
