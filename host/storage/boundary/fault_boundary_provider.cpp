#include "storage/boundary/fault_boundary_provider.h"

#include "storage/boundary/answer_checks.h"
#include "storage/boundary/child_check.h"
#include "storage/boundary/fault_boundary_streams.h"
#include "storage/boundary/plugin_boundary.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

namespace mediadock::storage {
namespace {

/// A factory must not access the network.
constexpr std::chrono::seconds kFactoryTimeout{10};

/// Upper bound for calls without a deadline.
constexpr std::chrono::hours kLongestPatience{1};

/// The time left until the context's deadline.
std::chrono::milliseconds timeoutOf(const CallContext& context) {
  const auto left = context.deadline - CallContext::Clock::now();
  return std::chrono::duration_cast<std::chrono::milliseconds>(
      std::min<CallContext::Clock::duration>(left, kLongestPatience));
}

/// Twice the plugin's own limit, so that the plugin reports a timeout first.
std::chrono::milliseconds streamPatience(const CallContext& context) {
  return std::min<std::chrono::milliseconds>(2 * context.idleLimit, kLongestPatience);
}

/// Refuses a call whose context is already cancelled or past its deadline.
void requireTime(const CallContext& context, const PluginCall& call) {
  const auto refuse = [&](StorageErrc code, const char* message) {
    throw StorageError(
        {.code = code, .message = message, .operation = call.operation, .path = call.path.str()});
  };
  if (context.cancellation.stop_requested()) {
    refuse(StorageErrc::Cancelled, "the call was cancelled before it began");
  }
  if (call.timeout <= std::chrono::milliseconds(0)) {
    refuse(StorageErrc::Timeout, "the deadline had passed before the call began");
  }
}

/// Calls the plugin on behalf of the guard.
class PluginCaller {
 protected:
  explicit PluginCaller(std::shared_ptr<PluginBoundary> plugin) : plugin_(std::move(plugin)) {}

  IStorageProvider& provider() const { return *plugin_->provider; }

  PluginCall place(const char* operation, const StoragePath& path = kRoot) const {
    return {plugin_->name, operation, path};
  }

  template <typename Call>
  decltype(auto) within(const CallContext& context, const char* operation, const StoragePath& path,
                        Call&& call) const {
    auto named = place(operation, path);
    named.timeout = timeoutOf(context);
    requireTime(context, named);
    return callPlugin(named, std::forward<Call>(call));
  }

  /// The change has been made: if the result is invalid, its outcome is unknown to the caller.
  Entry requireAt(const StoragePath& to, const char* operation, Entry entry) const {
    try {
      plugin_->check(place(operation, to), entry, to);
      return entry;
    } catch (const StorageError& error) {
      auto failure = error.failure();
      failure.retry = Retry::OutcomeUnknown;
      throw StorageError(std::move(failure));
    }
  }

  static inline const StoragePath kRoot;

  std::shared_ptr<PluginBoundary> plugin_;
};

class FaultBoundaryProvider final : public IStorageProvider, private PluginCaller {
 public:
  explicit FaultBoundaryProvider(std::shared_ptr<PluginBoundary> plugin)
      : PluginCaller(std::move(plugin)) {}

  Capabilities capabilities() const override {
    const auto call = place("capabilities");
    auto can = callPlugin(call, [&] { return provider().capabilities(); });
    checkCapabilities(call, can);
    return can;
  }

  void check(const CallContext& context) override {
    within(context, "check", {}, [&] { provider().check(context); });
  }

  std::optional<Entry> stat(const StoragePath& path, const CallContext& context) override {
    auto entry = within(context, "stat", path, [&] { return provider().stat(path, context); });
    if (entry) {
      plugin_->check(place("stat", path), *entry, path);
    }
    return entry;
  }

  ListPage list(const StoragePath& path, const ListOptions& options,
                const CallContext& context) override {
    auto page =
        within(context, "list", path, [&] { return provider().list(path, options, context); });
    checkPage(place("list", path), page, options);
    ChildCheck(path, *plugin_).check(place("list", path), page.entries);
    return page;
  }

  std::unique_ptr<IEntryStream> openList(const StoragePath& path,
                                         const CallContext& context) override {
    auto stream = within(context, "list", path, [&] { return provider().openList(path, context); });
    return guardStream({plugin_, std::move(stream), path, streamPatience(context)}, context);
  }

  std::unique_ptr<IReadStream> openRead(const StoragePath& path, const ReadOptions& options,
                                        const CallContext& context) override {
    auto stream = within(context, "openRead", path,
                         [&] { return provider().openRead(path, options, context); });
    return guardStream({plugin_, std::move(stream), path, streamPatience(context)}, options.range);
  }

  std::unique_ptr<IWriteStream> openWrite(const WriteTarget& target, const WriteOptions& options,
                                          const CallContext& context) override {
    auto stream = within(context, "openWrite", target.path,
                         [&] { return provider().openWrite(target, options, context); });
    return guardStream({plugin_, std::move(stream), target.path, streamPatience(context)},
                       {.size = options.size, .context = context});
  }

  std::unique_ptr<IWriteStream> resumeWrite(const std::string& token, const WriteTarget& target,
                                            const WriteOptions& options,
                                            const CallContext& context) override {
    auto stream = within(context, "resumeWrite", target.path,
                         [&] { return provider().resumeWrite(token, target, options, context); });
    return guardStream({plugin_, std::move(stream), target.path, streamPatience(context)},
                       {.size = options.size, .isResumed = true, .context = context});
  }

  void dropWrite(const std::string& token, const CallContext& context) override {
    within(context, "dropWrite", {}, [&] { provider().dropWrite(token, context); });
  }

  void remove(const StoragePath& path, const RemoveOptions& options,
              const CallContext& context) override {
    const ChangeInFlight change(plugin_->changes);
    within(context, "remove", path, [&] { provider().remove(path, options, context); });
  }

  bool makeDirectory(const StoragePath& path, const CallContext& context) override {
    return within(context, "makeDirectory", path,
                  [&] { return provider().makeDirectory(path, context); });
  }

  Entry copy(const StoragePath& from, const StoragePath& to, Overwrite overwrite,
             const CallContext& context) override {
    const ChangeInFlight change(plugin_->changes);
    auto entry = within(context, "copy", from,
                        [&] { return provider().copy(from, to, overwrite, context); });
    return requireAt(to, "copy", std::move(entry));
  }

  Entry move(const StoragePath& from, const StoragePath& to, Overwrite overwrite,
             const CallContext& context) override {
    const ChangeInFlight change(plugin_->changes);
    auto entry = within(context, "move", from,
                        [&] { return provider().move(from, to, overwrite, context); });
    return requireAt(to, "move", std::move(entry));
  }

  std::unique_ptr<IReadStream> openPreview(const StoragePath& path, const PreviewOptions& options,
                                           const CallContext& context) override {
    auto stream = within(context, "openPreview", path,
                         [&] { return provider().openPreview(path, options, context); });
    return guardStream({plugin_, std::move(stream), path, streamPatience(context)}, std::nullopt);
  }

  Quota quota(const CallContext& context) override {
    auto quota = within(context, "quota", {}, [&] { return provider().quota(context); });
    checkQuota(place("quota"), quota);
    return quota;
  }

  void shutdown() noexcept override {
    const auto call = place("shutdown");
    const WatchedCall watched(call);
    provider().shutdown();
  }
};

}  // namespace

std::shared_ptr<IStorageProvider> createGuarded(const PluginDescriptor& plugin,
                                                const ProviderContext& context) {
  static const StoragePath kNowhere;
  CreateFailure failure;
  IStorageProvider* created = callPlugin({plugin.name, "its factory", kNowhere, kFactoryTimeout},
                                         [&] { return plugin.create(context, failure); });
  if (created == nullptr) {
    failure.message[sizeof failure.message - 1] = '\0';
    throw StorageError(failure.code, std::string("provider '") + plugin.name +
                                         "' could not be made: " + failure.message);
  }
  return std::make_shared<FaultBoundaryProvider>(std::make_shared<PluginBoundary>(
      plugin.name,
      std::shared_ptr<IStorageProvider>(created, [&plugin](IStorageProvider* provider) {
        const PluginCall call{plugin.name, "its destructor", kNowhere};
        const WatchedCall watched(call);
        plugin.destroy(provider);
      })));
}

}  // namespace mediadock::storage
