#pragma once

/// \file
/// Nextcloud's own hash of what it stored: the one proof that it has got our bytes.

#include "http_head.h"

#include <string_view>

namespace mediadock {

/// Holds `sent` against the hash that `answer` tells, where it was asked for and the server told.
/// \throws StorageError `ChecksumMismatch`.
void refuseOtherHash(const HttpHead& answer, std::string_view sent);

}  // namespace mediadock
