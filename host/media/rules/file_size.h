#pragma once

/// \file
/// The size of a file whose storage may not report it.

#include "mediadock/storage_provider.h"

#include <cstdint>

namespace mediadock::media {

/// The size in `file` if it is more than 0; otherwise the number of bytes in the file, found by
/// reading all of it.
/// \throws StorageError as reading; `Conflict` if the file's version has changed meanwhile.
std::uint64_t sizeOf(IStorageProvider& provider, const Entry& file, const CallContext& context);

}  // namespace mediadock::media
