#include "storage/guarded_provider.h"

#include "storage/guarded_call.h"
#include "storage/guarded_streams.h"

#include <utility>

namespace mediadock {
namespace {

/// Runs a call into the provider, unless its context says that it is over before it began.
template <typename Call>
decltype(auto) within(const CallContext& context, const char* operation, const StoragePath& path,
                      Call&& call) {
  const auto refuse = [&](StorageErrc code, const char* message) {
    throw StorageError(
        {.code = code, .message = message, .operation = operation, .path = path.str()});
  };
  if (context.cancellation.stop_requested()) {
    refuse(StorageErrc::Cancelled, "the call was cancelled before it began");
  }
  if (CallContext::Clock::now() >= context.deadline) {
    refuse(StorageErrc::Timeout, "the deadline had passed before the call began");
  }
  return guardedCall(operation, path, std::forward<Call>(call));
}

class GuardedProvider final : public IStorageProvider {
 public:
  explicit GuardedProvider(std::shared_ptr<IStorageProvider> provider)
      : provider_(std::move(provider)) {}

  Capabilities capabilities() const override {
    return guardedCall("capabilities", {}, [&] { return provider_->capabilities(); });
  }

  void check(const CallContext& context) override {
    within(context, "check", {}, [&] { provider_->check(context); });
  }

  std::optional<Entry> stat(const StoragePath& path, const CallContext& context) override {
    return within(context, "stat", path, [&] { return provider_->stat(path, context); });
  }

  ListPage list(const StoragePath& path, const ListOptions& options,
                const CallContext& context) override {
    return within(context, "list", path, [&] { return provider_->list(path, options, context); });
  }

  std::unique_ptr<IEntryStream> openList(const StoragePath& path,
                                         const CallContext& context) override {
    return within(context, "list", path,
                  [&] { return guardStream(provider_, provider_->openList(path, context), path); });
  }

  std::unique_ptr<IReadStream> openRead(const StoragePath& path, const ReadOptions& options,
                                        const CallContext& context) override {
    return within(context, "openRead", path, [&] {
      return guardStream(provider_, provider_->openRead(path, options, context), path);
    });
  }

  std::unique_ptr<IWriteStream> openWrite(const WriteTarget& target, const WriteOptions& options,
                                          const CallContext& context) override {
    return within(context, "openWrite", target.path, [&] {
      return guardStream(provider_, provider_->openWrite(target, options, context), target.path);
    });
  }

  std::unique_ptr<IWriteStream> resumeWrite(const std::string& token, const WriteTarget& target,
                                            const WriteOptions& options,
                                            const CallContext& context) override {
    return within(context, "resumeWrite", target.path, [&] {
      return guardStream(provider_, provider_->resumeWrite(token, target, options, context),
                         target.path);
    });
  }

  void dropWrite(const std::string& token, const CallContext& context) override {
    within(context, "dropWrite", {}, [&] { provider_->dropWrite(token, context); });
  }

  void remove(const StoragePath& path, const RemoveOptions& options,
              const CallContext& context) override {
    within(context, "remove", path, [&] { provider_->remove(path, options, context); });
  }

  bool makeDirectory(const StoragePath& path, const CallContext& context) override {
    return within(context, "makeDirectory", path,
                  [&] { return provider_->makeDirectory(path, context); });
  }

  Entry copy(const StoragePath& from, const StoragePath& to, Overwrite overwrite,
             const CallContext& context) override {
    return within(context, "copy", from,
                  [&] { return provider_->copy(from, to, overwrite, context); });
  }

  Entry move(const StoragePath& from, const StoragePath& to, Overwrite overwrite,
             const CallContext& context) override {
    return within(context, "move", from,
                  [&] { return provider_->move(from, to, overwrite, context); });
  }

  std::unique_ptr<IReadStream> openPreview(const StoragePath& path, const PreviewOptions& options,
                                           const CallContext& context) override {
    return within(context, "openPreview", path, [&] {
      return guardStream(provider_, provider_->openPreview(path, options, context), path);
    });
  }

  Quota quota(const CallContext& context) override {
    return within(context, "quota", {}, [&] { return provider_->quota(context); });
  }

  void shutdown() noexcept override { provider_->shutdown(); }

 private:
  std::shared_ptr<IStorageProvider> provider_;
};

}  // namespace

std::shared_ptr<IStorageProvider> createGuarded(const PluginDescriptor& plugin,
                                                const ProviderContext& context) {
  CreateFailure failure;
  IStorageProvider* created = plugin.create(context, failure);
  if (created == nullptr) {
    failure.message[sizeof failure.message - 1] = '\0';
    throw StorageError(failure.code, std::string("provider '") + plugin.name +
                                         "' could not be made: " + failure.message);
  }
  return std::make_shared<GuardedProvider>(
      std::shared_ptr<IStorageProvider>(created, plugin.destroy));
}

}  // namespace mediadock
