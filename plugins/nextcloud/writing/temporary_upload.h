#pragma once

/// \file
/// Writing to a plain WebDAV server: under a temporary name, then moved.

#include "mediadock/streams.h"
#include "writing/upload_target.h"

#include <memory>

namespace mediadock {

/// Bytes of known number go straight into a PUT under a hidden name near the target; others wait in
/// memory, and above one chunk in a file of no name, until their number is known: WebDAV has no way
/// to send them that every server keeps whole. `Overwrite: F` on the final MOVE makes it
/// create-only.
std::unique_ptr<IWriteStream> makeTemporaryUpload(WriteContext context, WriteTarget target,
                                                  WriteOptions options);

}  // namespace mediadock
