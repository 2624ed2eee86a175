#include "nextcloud_provider.h"

#include "discovery/discovery.h"
#include "http/annotate.h"
#include "mediadock/storage_error.h"
#include "nextcloud_settings.h"
#include "reading/file_opening.h"
#include "reading/previews.h"
#include "tree/dav_changes.h"
#include "tree/dav_listing.h"
#include "tree/paged_listing.h"
#include "writing/write_starter.h"

#include <Poco/Crypto/OpenSSLInitializer.h>

#include <atomic>
#include <stop_token>
#include <utility>

namespace mediadock::nextcloud {
namespace {

class NextcloudProvider final : public IStorageProvider {
 public:
  explicit NextcloudProvider(NextcloudSettings settings)
      : settings_(std::move(settings)),
        client_(settings_),
        discovery_(settings_, client_),
        writes_(client_, settings_, locks_, looks_, shutdown_.get_token()) {}

  Capabilities capabilities() const override {
    const auto facts = discovery_.known();
    return facts ? facts->able() : leastCapabilities(settings_.basePath);
  }

  void check(const CallContext& context) override {
    run("check", {}, context, [&](DavTree tree, const http_client::CallLimits& limits) {
      discovery_.examine(limits);
      discovery_.tryUploads(limits);
      writes_.sweep(tree);
      const auto root = tree.require({}, limits);
      if (!root.isDirectory()) {
        throw StorageError(StorageErrc::NotADirectory, "a file stands at 'base_path'");
      }
      // Nextcloud lists another user's home as an empty folder that has no etag.
      if (tree.facts().isNextcloud && !root.etag) {
        throw StorageError(StorageErrc::PermissionDenied, "'url' is the home of another user");
      }
    });
  }

  std::optional<Entry> stat(const StoragePath& path, const CallContext& context) override {
    return run("stat", path, context, [&](DavTree tree, const http_client::CallLimits& limits) {
      const auto place = normalised(tree, path);
      auto entry = tree.stat(place, limits);
      looks_.remember(place, entry, RecentLooks::Clock::now());
      return entry;
    });
  }

  ListPage list(const StoragePath& path, const ListOptions& options,
                const CallContext& context) override {
    return run("list", path, context, [&](DavTree tree, const http_client::CallLimits& limits) {
      return listFolder(tree, normalised(tree, path), options, listings_, limits);
    });
  }

  std::unique_ptr<IEntryStream> openList(const StoragePath& path,
                                         const CallContext& context) override {
    return http_client::annotated("list", path, [&] {
      auto limits = limit(context);
      const auto tree = open(*limits);
      return openFolder(tree, normalised(tree, path), std::move(limits));
    });
  }

  std::unique_ptr<IReadStream> openRead(const StoragePath& path, const ReadOptions& options,
                                        const CallContext& context) override {
    return http_client::annotated("openRead", path, [&] {
      auto limits = limit(context);
      auto tree = open(*limits);
      const auto place = normalised(tree, path);
      if ((options.ifMatch || options.ifNoneMatch) && !tree.hasEtags(place, *limits)) {
        refuseLacking("etags to read by");
      }
      return openFile(tree, place, options, std::move(limits));
    });
  }

  std::unique_ptr<IWriteStream> openWrite(const WriteTarget& target, const WriteOptions& options,
                                          const CallContext& context) override {
    return http_client::annotated("openWrite", target.path, [&] {
      auto limits = limit(context);
      examineOnce(*limits);
      const auto tree = open(*limits);
      return writes_.open(tree, target, options, std::move(limits));
    });
  }

  std::unique_ptr<IWriteStream> resumeWrite(const std::string& token, const WriteTarget& target,
                                            const WriteOptions& options,
                                            const CallContext& context) override {
    return http_client::annotated("resumeWrite", target.path, [&] {
      auto limits = limit(context);
      examineOnce(*limits);
      const auto tree = open(*limits);
      return writes_.resume(tree, token, target, options, std::move(limits));
    });
  }

  void dropWrite(const std::string& token, const CallContext& context) override {
    run("dropWrite", {}, context, [&](const DavTree& tree, const http_client::CallLimits& limits) {
      writes_.drop(tree, token, limits);
    });
  }

  void remove(const StoragePath& path, const RemoveOptions& options,
              const CallContext& context) override {
    run("remove", path, context, [&](DavTree tree, const http_client::CallLimits& limits) {
      if (path.isRoot()) {
        throw StorageError(StorageErrc::InvalidPath, "the root cannot be removed");
      }
      if (options.ifMatch && !tree.facts().capabilities.removeIfMatch) {
        refuseLacking("conditional removal");
      }
      DavChanges(tree, locks_, looks_, settings_).remove(normalised(tree, path), options, limits);
    });
  }

  bool makeDirectory(const StoragePath& path, const CallContext& context) override {
    return run("makeDirectory", path, context,
               [&](DavTree tree, const http_client::CallLimits& limits) {
                 if (path.isRoot()) {
                   return false;
                 }
                 const auto place = normalised(tree, path);
                 tree.facts().names.check(place);
                 return tree.makeDirectory(place, limits);
               });
  }

  Entry copy(const StoragePath& from, const StoragePath& to, Overwrite overwrite,
             const CallContext& context) override {
    return run("copy", from, context, [&](DavTree tree, const http_client::CallLimits& limits) {
      if (!tree.facts().capabilities.copy) {
        refuseLacking("copy");
      }
      const auto goal = normalised(tree, to);
      tree.facts().names.check(goal);
      return DavChanges(tree, locks_, looks_, settings_)
          .copy(normalised(tree, from), goal, overwrite, limits);
    });
  }

  Entry move(const StoragePath& from, const StoragePath& to, Overwrite overwrite,
             const CallContext& context) override {
    return run("move", from, context, [&](DavTree tree, const http_client::CallLimits& limits) {
      if (!tree.facts().capabilities.move) {
        refuseLacking("move");
      }
      if (from.isRoot()) {
        throw StorageError(StorageErrc::InvalidPath, "the root cannot be moved");
      }
      const auto goal = normalised(tree, to);
      tree.facts().names.check(goal);
      return DavChanges(tree, locks_, looks_, settings_)
          .move(normalised(tree, from), goal, overwrite, limits);
    });
  }

  std::unique_ptr<IReadStream> openPreview(const StoragePath& path, const PreviewOptions& options,
                                           const CallContext& context) override {
    return run(
        "openPreview", path, context, [&](DavTree tree, const http_client::CallLimits& limits) {
          if (!tree.facts().capabilities.previews) {
            refuseLacking("previews");
          }
          return openPreviewOf(tree, normalised(tree, path), options, absentPreviews_, limits);
        });
  }

  Quota quota(const CallContext& context) override {
    return run("quota", {}, context, [&](DavTree tree, const http_client::CallLimits& limits) {
      if (!tree.facts().capabilities.quota) {
        refuseLacking("quota");
      }
      return tree.quota(limits);
    });
  }

  void shutdown() noexcept override { shutdown_.request_stop(); }

 private:
  std::unique_ptr<http_client::CallLimits> limit(const CallContext& context) const {
    return std::make_unique<http_client::CallLimits>(context, shutdown_.get_token(),
                                                     settings_.ioTimeout);
  }

  static StoragePath normalised(const DavTree& tree, const StoragePath& path) {
    return tree.facts().names.normalised(path);
  }

  /// Runs before the first write, to learn the forbidden names and the preferred chunk sizes. If
  /// the server does not report them, the write goes ahead anyway.
  void examineOnce(const http_client::CallLimits& limits) {
    if (isExamined_.exchange(true)) {
      return;
    }
    try {
      discovery_.examine(limits);
    } catch (const StorageError&) {
      // If the server was unreachable, the next write tries again.
      isExamined_ = discovery_.known() != nullptr;
      limits.check();
    }
  }

  DavTree open(const http_client::CallLimits& limits) {
    limits.check();
    return {client_, discovery_.facts(limits)};
  }

  template <typename Action>
  auto run(const char* operation, const StoragePath& path, const CallContext& context,
           Action action)
      -> decltype(action(std::declval<DavTree>(), std::declval<const http_client::CallLimits&>())) {
    return http_client::annotated(operation, path, [&] {
      const auto limits = limit(context);
      return action(open(*limits), *limits);
    });
  }

  /// Poco 1.11 counts the users of OpenSSL and shuts it down at zero, in a race with the next user:
  /// this member keeps the count above zero. Not every host of a plugin does so.
  Poco::Crypto::OpenSSLInitializer openSsl_;
  NextcloudSettings settings_;
  DavClient client_;
  Discovery discovery_;
  ListingStock listings_;
  AbsentPreviews absentPreviews_;
  PathLocks locks_;
  RecentLooks looks_;
  std::atomic<bool> isExamined_ = false;
  std::stop_source shutdown_;
  /// Its thread uses the members above.
  WriteStarter writes_;
};

/// Used if no URL is set: the host starts, and each call says what is missing.
class UnconfiguredProvider final : public IStorageProvider {
 public:
  Capabilities capabilities() const override { return {}; }

  void check(const CallContext& /*context*/) override { refuse(); }

  std::optional<Entry> stat(const StoragePath& /*path*/, const CallContext& /*context*/) override {
    refuse();
  }

  ListPage list(const StoragePath& /*path*/, const ListOptions& /*options*/,
                const CallContext& /*context*/) override {
    refuse();
  }

  std::unique_ptr<IReadStream> openRead(const StoragePath& /*path*/, const ReadOptions& /*options*/,
                                        const CallContext& /*context*/) override {
    refuse();
  }

  std::unique_ptr<IWriteStream> openWrite(const WriteTarget& /*target*/,
                                          const WriteOptions& /*options*/,
                                          const CallContext& /*context*/) override {
    refuse();
  }

  void remove(const StoragePath& /*path*/, const RemoveOptions& /*options*/,
              const CallContext& /*context*/) override {
    refuse();
  }

  bool makeDirectory(const StoragePath& /*path*/, const CallContext& /*context*/) override {
    refuse();
  }

  Entry copy(const StoragePath& /*from*/, const StoragePath& /*to*/, Overwrite /*overwrite*/,
             const CallContext& /*context*/) override {
    refuse();
  }

  Entry move(const StoragePath& /*from*/, const StoragePath& /*to*/, Overwrite /*overwrite*/,
             const CallContext& /*context*/) override {
    refuse();
  }

  Quota quota(const CallContext& /*context*/) override { refuse(); }

  void shutdown() noexcept override {}

 private:
  [[noreturn]] static void refuse() {
    throw StorageError({.code = StorageErrc::Unavailable,
                        .message = "Nextcloud not configured",
                        .retry = Retry::AfterDelay});
  }
};

}  // namespace

std::unique_ptr<IStorageProvider> makeNextcloudProvider(const ProviderContext& context) {
  auto settings = parseNextcloudSettings(context.settings);
  if (!settings.isConfigured) {
    return std::make_unique<UnconfiguredProvider>();
  }
  return std::make_unique<NextcloudProvider>(std::move(settings));
}

}  // namespace mediadock::nextcloud
