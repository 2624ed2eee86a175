#pragma once

/// \file
/// Maps `errno` values to storage errors. No other file does so.

#include "mediadock/storage_error.h"

#include <string>

namespace mediadock::localdisk {

/// The storage error for an `errno` value.
StorageErrc toStorageErrc(int errorNumber) noexcept;

/// The usual retry advice for `code` if nothing was changed.
Retry usualAdvice(StorageErrc code) noexcept;

/// Whether `errorNumber` means that nothing visible exists at a path: no such name, a file or a
/// symbolic link among the parents, or a link at the end.
bool saysAbsent(int errorNumber) noexcept;

/// The reason in words, for a message.
std::string describeErrno(int errorNumber);

}  // namespace mediadock::localdisk
