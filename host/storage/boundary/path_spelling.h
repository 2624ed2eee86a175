#pragma once

/// \file
/// Whether two paths may name one object.

#include "mediadock/storage_path.h"

namespace mediadock {

/// Whether a storage may answer for `got` where it was asked for `asked`: the paths are the same,
/// or differ in their Unicode form only (Unicode Standard Annex 15: macOS decomposes names,
/// Nextcloud composes them) or, unless the storage is `caseSensitive`, in case.
bool isSpellingOf(const StoragePath& got, const StoragePath& asked, bool caseSensitive);

}  // namespace mediadock
