#pragma once

/// \file
/// Whether a server keeps all of a body whose length it is not told ahead.

#include "dav_tree.h"

namespace mediadock {

/// Writes a few bytes in chunks under a temporary name in `folder`, looks how many are there, and
/// removes them.
/// \return not `Untried` but where the server came to no answer that says anything.
/// \throws StorageError `Cancelled`, and `Timeout` at the end of the call.
ChunkedBodies tryChunkedBody(DavTree& tree, const StoragePath& folder, const CallLimits& limits);

}  // namespace mediadock
