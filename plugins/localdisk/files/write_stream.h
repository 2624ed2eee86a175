#pragma once

/// \file
/// Writes a file of the store.

#include "calls/call.h"
#include "disk/root_directory.h"
#include "files/path_locks.h"
#include "mediadock/streams.h"

#include <memory>
#include <string>

namespace mediadock::localdisk {

/// As `IStorageProvider::openWrite`. `locks` must outlive the stream.
std::unique_ptr<IWriteStream> openWriteStream(std::shared_ptr<const RootDirectory> root,
                                              PathLocks& locks, const WriteTarget& target,
                                              const WriteOptions& options, const Call& call);

/// As `IStorageProvider::resumeWrite`.
std::unique_ptr<IWriteStream> resumeWriteStream(std::shared_ptr<const RootDirectory> root,
                                                PathLocks& locks, const std::string& token,
                                                const WriteTarget& target,
                                                const WriteOptions& options, const Call& call);

/// As `IStorageProvider::dropWrite`.
void dropSuspended(const RootDirectory& root, const std::string& token, const Call& call);

}  // namespace mediadock::localdisk
