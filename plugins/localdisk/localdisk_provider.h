#pragma once

/// \file
/// Storage provider for a folder on the local disk.

#include "calls/call.h"
#include "disk/root_directory.h"
#include "files/path_locks.h"
#include "mediadock/provider_context.h"
#include "mediadock/storage_provider.h"

#include <filesystem>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>

namespace mediadock::localdisk {

/// Stores files under a root folder, as plain files with the same names.
///
/// Changes are on disk when their call returns, and atomic except for a recursive removal and the
/// creation of missing parents. Safe even if others can write to the root: no links are followed.
class LocalDiskProvider final : public IStorageProvider {
 public:
  /// Opens `root`. If that fails, the reason is logged, and each call tries again.
  LocalDiskProvider(std::filesystem::path root, ILogSink& log);

  Capabilities capabilities() const override;
  void check(const CallContext& context) override;
  std::optional<Entry> stat(const StoragePath& path, const CallContext& context) override;
  ListPage list(const StoragePath& path, const ListOptions& options,
                const CallContext& context) override;
  std::unique_ptr<IEntryStream> openList(const StoragePath& path,
                                         const CallContext& context) override;
  std::unique_ptr<IReadStream> openRead(const StoragePath& path, const ReadOptions& options,
                                        const CallContext& context) override;
  std::unique_ptr<IWriteStream> openWrite(const WriteTarget& target, const WriteOptions& options,
                                          const CallContext& context) override;
  std::unique_ptr<IWriteStream> resumeWrite(const std::string& token, const WriteTarget& target,
                                            const WriteOptions& options,
                                            const CallContext& context) override;
  void dropWrite(const std::string& token, const CallContext& context) override;
  void remove(const StoragePath& path, const RemoveOptions& options,
              const CallContext& context) override;
  bool makeDirectory(const StoragePath& path, const CallContext& context) override;
  Entry copy(const StoragePath& from, const StoragePath& to, Overwrite overwrite,
             const CallContext& context) override;
  Entry move(const StoragePath& from, const StoragePath& to, Overwrite overwrite,
             const CallContext& context) override;
  Quota quota(const CallContext& context) override;
  void shutdown() noexcept override;

 private:
  Call begin(const char* operation, const StoragePath& path, const CallContext& context) const;
  std::shared_ptr<const RootDirectory> root(const Call& call);

  std::filesystem::path rootPath_;
  std::stop_source shutdown_;
  PathLocks locks_;
  mutable std::mutex rootMutex_;
  /// Guarded by rootMutex_. Null until the folder could be opened.
  std::shared_ptr<const RootDirectory> root_;
};

}  // namespace mediadock::localdisk
