#pragma once

/// \file
/// Copies the content of a file.

#include "calls/call.h"
#include "files/atomic_file.h"

#include <cstdint>

namespace mediadock::localdisk {

/// Copies the first `length` bytes of an open file to the end of `target`; the file system shares
/// the blocks if it can.
/// \throws StorageError `Truncated` if the source is shorter.
void copyContent(int source, std::uint64_t length, AtomicFile& target, const Call& call);

}  // namespace mediadock::localdisk
