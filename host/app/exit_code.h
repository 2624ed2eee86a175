#pragma once

/// \file
/// What the host's commands end with, after sysexits.h.

#include "mediadock/storage_error.h"

namespace mediadock {

enum class ExitCode : int {
  Done = 0,
  Usage = 64,
  /// Storage or database cannot be reached.
  Unavailable = 69,
  Internal = 70,
  Configuration = 78,
};

/// The exit code of a command that ends with an error of this code.
ExitCode exitCodeOf(StorageErrc code) noexcept;

}  // namespace mediadock
