#pragma once

/// \file
/// What most calls of a test are given.

#include "mediadock/call_context.h"
#include "mediadock/storage_path.h"

namespace mediadock::storage {

inline const CallContext kContext;
inline const StoragePath kFile = StoragePath::parse("folder/file");

}  // namespace mediadock::storage
