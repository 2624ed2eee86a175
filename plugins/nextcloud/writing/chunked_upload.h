#pragma once

/// \file
/// Writes to a Nextcloud: one atomic PUT for a small new file, chunked upload v2 otherwise.

#include "mediadock/streams.h"
#include "writing/upload_target.h"
#include "writing/write_token.h"

#include <memory>

namespace mediadock::nextcloud {

/// A plain PUT over an existing file destroys it if interrupted. It is sent only if the server
/// permits nothing else, as in a share whose files may be changed but not replaced: after a 403 for
/// the MOVE, for a file of one chunk. At most one chunk is in memory, so only chunks are retried.
///
///     MKCOL uploads/USER/mediadock-RANDOM
///     PUT   uploads/USER/mediadock-RANDOM/00001 …
///     MOVE  uploads/USER/mediadock-RANDOM/.file -> target
///     PUT   target                                (after a 403)
///     DELETE uploads/USER/mediadock-RANDOM        (then, or when aborted)
///
/// A write that may be suspended has a folder `mediadock-kept-RANDOM`, which outlives its stream
/// from the first token on. If the response to the MOVE or to a PUT is lost, the state of the
/// target and the folder shows the outcome. While the server may still be processing, the folder is
/// left alone, even by `abort`.
std::unique_ptr<IWriteStream> makeChunkedUpload(WriteContext context, WriteTarget target,
                                                WriteOptions options);

/// Resumes a suspended write.
/// \throws StorageError `NotFound` if the server no longer has the data, `Locked`.
std::unique_ptr<IWriteStream> resumeChunkedUpload(WriteContext context, WriteTarget target,
                                                  WriteOptions options, const WriteToken& token);

}  // namespace mediadock::nextcloud
