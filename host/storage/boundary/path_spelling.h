#pragma once

/// \file
/// Whether two paths may name the same object.

#include "mediadock/storage_path.h"

namespace mediadock::storage {

/// Whether a storage may return `got` when asked for `asked`: the paths are the same, or differ
/// only in their Unicode form (Unicode Standard Annex 15: macOS decomposes names, Nextcloud
/// composes them) or, unless the storage is `caseSensitive`, in case.
bool isSpellingOf(const StoragePath& got, const StoragePath& asked, bool caseSensitive);

}  // namespace mediadock::storage
