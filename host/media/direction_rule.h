#pragma once

/// \file
/// What a file's folder says about its direction.

#include "records/media_record.h"

#include <optional>

namespace mediadock {

/// `Sent Media`, `Received Media` and `Internal`, as the last folder, tell the direction.
std::optional<Direction> directionOf(const StoragePath& folder);

}  // namespace mediadock
