#pragma once

/// \file
/// The size of a file whose storage may not tell it.

#include "mediadock/storage_provider.h"

#include <cstdint>

namespace mediadock {

/// What `file` says, if that is more than 0; else how many bytes can be read of it, which takes
/// reading them.
/// \throws StorageError as reading; `Conflict` where the file is another version meanwhile.
std::uint64_t sizeOf(IStorageProvider& provider, const Entry& file, const CallContext& context);

}  // namespace mediadock
