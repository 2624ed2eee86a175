#pragma once

/// \file
/// Unicode normalisation form C, in which Nextcloud stores names.

#include "mediadock/storage_path.h"

#include <string>
#include <string_view>

namespace mediadock::nextcloud {

/// Converts `text`, in UTF-8, to normalisation form C (Unicode Standard Annex 15).
std::string toNfc(std::string_view text);

/// \throws StorageError `InvalidPath` if the composed form is too long, which is rare.
StoragePath toNfc(const StoragePath& path);

}  // namespace mediadock::nextcloud
