#pragma once

/// \file
/// The only place where the kernel's error numbers become storage errors.

#include "mediadock/storage_error.h"

#include <string>

namespace mediadock {

/// What an `errno` means to a caller.
StorageErrc toStorageErrc(int errorNumber) noexcept;

/// What is usually to be done about `code` when nothing was changed.
Retry usualAdvice(StorageErrc code) noexcept;

/// Whether `errorNumber` says that a lookup found nothing a provider would show: no such name, a
/// file or a symbolic link among the parents, a link at the end.
bool saysAbsent(int errorNumber) noexcept;

/// The reason in words, for a message.
std::string describeErrno(int errorNumber);

}  // namespace mediadock
