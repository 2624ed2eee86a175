#pragma once

/// \file
/// Streams of a storage that lacks abilities; see `completed_provider.h`.

#include "mediadock/storage_provider.h"
#include "storage/calls/renewed_context.h"

#include <memory>
#include <optional>

namespace mediadock {

/// The part of `whole` that `range` selects; all of it where its size is not known. What lies
/// before is dropped with the first read.
/// \pre `whole` begins at the file's first byte.
/// \throws StorageError as `IStorageProvider::openRead`.
std::unique_ptr<IReadStream> cutStream(std::unique_ptr<IReadStream> whole, const ByteRange& range);

/// `target` without the conditions that a storage with these capabilities cannot judge.
WriteTarget judgeable(WriteTarget target, const Capabilities& can);

/// Opens what `openWrite` or `resumeWrite` of `provider` gives, and judges the other conditions of
/// the target right before each commit.
/// \param stream was opened with `judgeable(target)`. \param provider must outlive it.
std::unique_ptr<IWriteStream> judgeTarget(std::unique_ptr<IWriteStream> stream,
                                          IStorageProvider& provider, const Capabilities& can,
                                          WriteTarget target, const CallContext& context);

}  // namespace mediadock
