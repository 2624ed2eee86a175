#pragma once

/// \file
/// Streams of a plugin behind the guard; see `guarded_provider.h`.

#include "mediadock/entry_stream.h"
#include "mediadock/streams.h"

#include <memory>

namespace mediadock {

class IStorageProvider;

/// Wraps `stream`, which was opened at `path` and is destroyed before `provider` is let go.
std::unique_ptr<IReadStream> guardStream(std::shared_ptr<IStorageProvider> provider,
                                         std::unique_ptr<IReadStream> stream, StoragePath path);

std::unique_ptr<IWriteStream> guardStream(std::shared_ptr<IStorageProvider> provider,
                                          std::unique_ptr<IWriteStream> stream, StoragePath path);

std::unique_ptr<IEntryStream> guardStream(std::shared_ptr<IStorageProvider> provider,
                                          std::unique_ptr<IEntryStream> stream, StoragePath path);

}  // namespace mediadock
