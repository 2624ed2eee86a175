#pragma once

/// \file
/// Stream adapters for a storage that lacks abilities; see `completed_provider.h`.

#include "mediadock/storage_provider.h"
#include "storage/calls/per_call_deadline.h"

#include <memory>
#include <optional>

namespace mediadock::storage {

/// The part of `whole` that `range` selects; all of it if its size is unknown. The bytes before it
/// are skipped on the first read.
/// \pre `whole` begins at the file's first byte.
/// \throws StorageError as `IStorageProvider::openRead`.
std::unique_ptr<IReadStream> cutStream(std::unique_ptr<IReadStream> whole, const ByteRange& range);

/// `target` without the conditions that a storage with these capabilities cannot check.
WriteTarget checkable(WriteTarget target, const Capabilities& can);

/// Wraps a stream from `openWrite` or `resumeWrite` of `provider`, and checks the remaining
/// conditions of the target right before each commit.
/// \param stream was opened with `checkable(target)`. \param provider must outlive it.
std::unique_ptr<IWriteStream> checkTarget(std::unique_ptr<IWriteStream> stream,
                                          IStorageProvider& provider, const Capabilities& can,
                                          WriteTarget target, const CallContext& context);

}  // namespace mediadock::storage
