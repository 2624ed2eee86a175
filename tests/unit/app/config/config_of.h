#pragma once

/// \file
/// A configuration from nothing but assignments, as `--set` takes them.

#include "app/config/config.h"
#include "mediadock/storage_error.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace mediadock::app {

inline Config configOf(std::vector<std::string> assignments) {
  return readConfig(readLayers({.assignments = std::move(assignments)}));
}

/// What is said of assignments that must not pass.
inline std::string refusalOf(std::vector<std::string> assignments) {
  try {
    configOf(std::move(assignments));
  } catch (const StorageError& error) {
    EXPECT_EQ(error.code(), StorageErrc::ConfigInvalid);
    return error.what();
  }
  ADD_FAILURE() << "was accepted";
  return {};
}

}  // namespace mediadock::app
