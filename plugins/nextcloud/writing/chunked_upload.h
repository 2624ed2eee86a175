#pragma once

/// \file
/// Writing to a Nextcloud: one atomic PUT for a small new file, chunked upload v2 for all else.

#include "mediadock/streams.h"
#include "writing/upload_target.h"
#include "writing/write_token.h"

#include <memory>

namespace mediadock {

/// A plain PUT over an existing file destroys it where it breaks off. It is sent only where the
/// server permits nothing else, as in a share whose files may be changed but not replaced: after a
/// MOVE that is answered 403, for a file of one chunk. At most one chunk is in memory, which is why
/// chunks, and nothing else, are sent again when they fail.
///
///     MKCOL uploads/USER/mediadock-RANDOM
///     PUT   uploads/USER/mediadock-RANDOM/00001 …
///     MOVE  uploads/USER/mediadock-RANDOM/.file -> target
///     PUT   target                                (after a 403)
///     DELETE uploads/USER/mediadock-RANDOM        (then, or when aborted)
///
/// A write that may be suspended has a folder `mediadock-kept-RANDOM`, which outlives its stream
/// from the first token on. Where the answer to the MOVE or to a PUT is lost, the target and the
/// folder tell what became of it. While the server may still be at work, the folder is left alone,
/// even by `abort`.
std::unique_ptr<IWriteStream> makeChunkedUpload(WriteContext context, WriteTarget target,
                                                WriteOptions options);

/// Goes on with a suspended one.
/// \throws StorageError `NotFound` where the server no longer has what was written, `Locked`.
std::unique_ptr<IWriteStream> resumeChunkedUpload(WriteContext context, WriteTarget target,
                                                  WriteOptions options, const WriteToken& token);

}  // namespace mediadock
