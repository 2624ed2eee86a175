#pragma once

/// \file
/// Runs one call into a plugin and lets nothing but `StorageError` out of it.

#include "mediadock/storage_error.h"
#include "mediadock/storage_path.h"

#include <exception>
#include <string>
#include <utility>

namespace mediadock {

/// The failure of a plugin that threw what it must not.
inline StorageError pluginFault(const char* operation, const StoragePath& path,
                                const std::string& what) {
  return StorageError({.code = StorageErrc::Internal,
                       .message = std::string("the provider failed in ") + operation + ": " + what,
                       .operation = operation,
                       .path = path.str()});
}

/// `error`, with the names of the call where it has none itself.
inline StorageError located(const StorageError& error, const char* operation,
                            const StoragePath& path) {
  if (!error.failure().operation.empty() && !error.failure().path.empty()) {
    return error;
  }
  StorageFailure failure = error.failure();
  if (failure.operation.empty()) {
    failure.operation = operation;
  }
  if (failure.path.empty()) {
    failure.path = path.str();
  }
  return StorageError(std::move(failure));
}

template <typename Call>
decltype(auto) guardedCall(const char* operation, const StoragePath& path, Call&& call) {
  try {
    return std::forward<Call>(call)();
  } catch (const StorageError& error) {
    throw located(error, operation, path);
  } catch (const std::exception& error) {
    throw pluginFault(operation, path, error.what());
  } catch (...) {
    throw pluginFault(operation, path, "it threw something that is no exception");
  }
}

}  // namespace mediadock
