#pragma once

/// \file
/// Removes a directory and everything below it.

#include "calls/call.h"
#include "disk/root_directory.h"

namespace mediadock::localdisk {

/// Removes the directory `name` of an open parent, however deep. Follows no links, and the number
/// of open descriptors does not grow with the depth. What was removed before a failure stays
/// removed.
/// \throws StorageError `NotFound` if someone else removed it first; any error of a part, whose
///   message names what was left.
void removeTree(int parent, const std::string& name, const Call& call);

}  // namespace mediadock::localdisk
