#pragma once

/// \file
/// A fault-injecting decorator of a provider, for tests.

#include "faults/capacity_limit.h"
#include "faults/fault_injector.h"
#include "mediadock/storage_provider.h"

#include <memory>
#include <optional>
#include <stop_token>

namespace mediadock::localdisk {

/// Applies delays, failures and limits, then forwards the call to another provider.
class FaultyProvider final : public IStorageProvider {
 public:
  FaultyProvider(std::unique_ptr<IStorageProvider> inner, FaultSettings faults);

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
  Call begin(const char* operation, const StoragePath& path, const CallContext& context);

  std::unique_ptr<IStorageProvider> inner_;
  FaultInjector faults_;
  std::optional<CapacityLimit> capacity_;
  std::stop_source shutdown_;
};

}  // namespace mediadock::localdisk
