#pragma once

/// \file
/// Unicode's composed form, in which Nextcloud keeps names.

#include "mediadock/storage_path.h"

#include <string>
#include <string_view>

namespace mediadock {

/// `text`, which is UTF-8, in normalisation form C (Unicode Standard Annex 15).
std::string toNfc(std::string_view text);

/// \throws StorageError `InvalidPath` where the composed form is too long, as a few are.
StoragePath toNfc(const StoragePath& path);

}  // namespace mediadock
