#pragma once

/// \file
/// Writes to a plain WebDAV server: uploads under a temporary name, then moves.

#include "mediadock/streams.h"
#include "writing/upload_target.h"

#include <memory>

namespace mediadock::nextcloud {

/// Data of known size is sent directly in a PUT to a hidden name near the target. Other data is
/// buffered until its size is known, in memory and above one chunk in an unlinked file: WebDAV has
/// no way to send it that works reliably with every server. `Overwrite: F` on the final MOVE makes
/// it create-only.
std::unique_ptr<IWriteStream> makeTemporaryUpload(WriteContext context, WriteTarget target,
                                                  WriteOptions options);

}  // namespace mediadock::nextcloud
