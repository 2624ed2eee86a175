#include "nextcloud_provider.h"

#include "annotate.h"
#include "chunked_upload.h"
#include "dav_changes.h"
#include "dav_listing.h"
#include "discovery.h"
#include "file_opening.h"
#include "mediadock/storage_error.h"
#include "previews.h"
#include "propfind.h"
#include "temporary_upload.h"
#include "upload_folder.h"
#include "upload_sweep.h"

#include <Poco/Crypto/OpenSSLInitializer.h>

#include <atomic>
#include <chrono>
#include <stop_token>
#include <utility>

namespace mediadock {
namespace {

/// Nextcloud takes no time within the first day of 1970, and none that is far ahead makes sense.
void checkModifiedAt(Timestamp time) {
  constexpr std::chrono::hours kDay{24};
  const auto now = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
  if (time.time_since_epoch() <= kDay || time > now + kDay) {
    throw StorageError(StorageErrc::InvalidArgument, "the modification time is out of range");
  }
}

[[noreturn]] void unsupported(const std::string& what) {
  throw StorageError(StorageErrc::Unsupported, "this server has no " + what);
}

class NextcloudProvider final : public IStorageProvider {
 public:
  explicit NextcloudProvider(NextcloudSettings settings)
      : settings_(std::move(settings)),
        client_(settings_),
        discovery_(settings_, client_),
        keptWrites_(settings_.chunkBytes),
        sweep_(client_, shutdown_.get_token()) {}

  Capabilities capabilities() const override {
    const auto facts = discovery_.known();
    return facts ? facts->able() : leastCapabilities(settings_.basePath);
  }

  void check(const CallContext& context) override {
    run("check", {}, context, [&](DavTree tree, const CallLimits& limits) {
      discovery_.examine(limits);
      discovery_.tryUploads(limits);
      sweep(tree);
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
    return run("stat", path, context, [&](DavTree tree, const CallLimits& limits) {
      const auto place = kept(tree, path);
      auto entry = tree.stat(place, limits);
      looks_.remember(place, entry, RecentLooks::Clock::now());
      return entry;
    });
  }

  ListPage list(const StoragePath& path, const ListOptions& options,
                const CallContext& context) override {
    return run("list", path, context, [&](DavTree tree, const CallLimits& limits) {
      return tree.list(kept(tree, path), options, listings_, limits);
    });
  }

  std::unique_ptr<IEntryStream> openList(const StoragePath& path,
                                         const CallContext& context) override {
    return annotated("list", path, [&] {
      auto limits = limit(context);
      const auto tree = open(*limits);
      return openFolder(tree, kept(tree, path), std::move(limits));
    });
  }

  std::unique_ptr<IReadStream> openRead(const StoragePath& path, const ReadOptions& options,
                                        const CallContext& context) override {
    return annotated("openRead", path, [&] {
      auto limits = limit(context);
      auto tree = open(*limits);
      const auto place = kept(tree, path);
      if ((options.ifMatch || options.ifNoneMatch) && !tree.hasEtags(place, *limits)) {
        unsupported("etags to read by");
      }
      return openFile(tree, place, options, std::move(limits));
    });
  }

  std::unique_ptr<IWriteStream> openWrite(const WriteTarget& target, const WriteOptions& options,
                                          const CallContext& context) override {
    return annotated("openWrite", target.path, [&] {
      auto parts = beginWrite(context);
      auto place = placeOf(target, options, parts.tree);
      return parts.tree.facts().isNextcloud
                 ? makeChunkedUpload(std::move(parts), std::move(place), options)
                 : makeTemporaryUpload(std::move(parts), std::move(place), options);
    });
  }

  std::unique_ptr<IWriteStream> resumeWrite(const std::string& token, const WriteTarget& target,
                                            const WriteOptions& options,
                                            const CallContext& context) override {
    return annotated("resumeWrite", target.path, [&] {
      auto parts = beginWrite(context);
      const auto begun = requireToken(token, parts.tree);
      if (options.size && begun.bytes > *options.size) {
        throw StorageError(StorageErrc::InvalidArgument, "more was written than is announced");
      }
      auto place = placeOf(target, options, parts.tree);
      return resumeChunkedUpload(std::move(parts), std::move(place), options, begun);
    });
  }

  void dropWrite(const std::string& token, const CallContext& context) override {
    run("dropWrite", {}, context, [&](DavTree tree, const CallLimits& limits) {
      const auto folder = requireToken(token, tree).folder;
      const auto hold = keptWrites_.hold(folder);
      dropUpload(client_, tree.facts().uploadsTarget + "/" + folder, limits);
      keptWrites_.take(folder);
    });
  }

  void remove(const StoragePath& path, const RemoveOptions& options,
              const CallContext& context) override {
    run("remove", path, context, [&](DavTree tree, const CallLimits& limits) {
      if (path.isRoot()) {
        throw StorageError(StorageErrc::InvalidPath, "the root cannot be removed");
      }
      if (options.ifMatch && !tree.facts().capabilities.removeIfMatch) {
        unsupported("conditional removal");
      }
      DavChanges(tree, locks_, looks_, settings_).remove(kept(tree, path), options, limits);
    });
  }

  bool makeDirectory(const StoragePath& path, const CallContext& context) override {
    return run("makeDirectory", path, context, [&](DavTree tree, const CallLimits& limits) {
      if (path.isRoot()) {
        return false;
      }
      const auto place = kept(tree, path);
      tree.facts().names.check(place);
      return tree.makeDirectory(place, limits);
    });
  }

  Entry copy(const StoragePath& from, const StoragePath& to, Overwrite overwrite,
             const CallContext& context) override {
    return run("copy", from, context, [&](DavTree tree, const CallLimits& limits) {
      if (!tree.facts().capabilities.copy) {
        unsupported("copy");
      }
      const auto goal = kept(tree, to);
      tree.facts().names.check(goal);
      return DavChanges(tree, locks_, looks_, settings_)
          .copy(kept(tree, from), goal, overwrite, limits);
    });
  }

  Entry move(const StoragePath& from, const StoragePath& to, Overwrite overwrite,
             const CallContext& context) override {
    return run("move", from, context, [&](DavTree tree, const CallLimits& limits) {
      if (!tree.facts().capabilities.move) {
        unsupported("move");
      }
      if (from.isRoot()) {
        throw StorageError(StorageErrc::InvalidPath, "the root cannot be moved");
      }
      const auto goal = kept(tree, to);
      tree.facts().names.check(goal);
      return DavChanges(tree, locks_, looks_, settings_)
          .move(kept(tree, from), goal, overwrite, limits);
    });
  }

  std::unique_ptr<IReadStream> openPreview(const StoragePath& path, const PreviewOptions& options,
                                           const CallContext& context) override {
    return run("openPreview", path, context, [&](DavTree tree, const CallLimits& limits) {
      if (!tree.facts().capabilities.previews) {
        unsupported("previews");
      }
      return openPreviewOf(tree, kept(tree, path), options, absentPreviews_, limits);
    });
  }

  Quota quota(const CallContext& context) override {
    return run("quota", {}, context, [&](DavTree tree, const CallLimits& limits) {
      if (!tree.facts().capabilities.quota) {
        unsupported("quota");
      }
      Quota quota;
      propfind(
          tree.client(), tree.facts().urls.collectionTarget({}), Depth::Itself,
          "<d:quota-used-bytes/><d:quota-available-bytes/><oc:permissions/>",
          [&](DavItem&& item) {
            // Nextcloud's negative numbers mean not computed, unknown and unlimited.
            quota = {parseDecimal(item.quotaUsed), parseDecimal(item.quotaAvailable)};
            if (!mayCreate(item)) {
              // A share that may only be read has no room for us, whatever its owner has.
              quota.available = 0;
            }
          },
          limits);
      return quota;
    });
  }

  void shutdown() noexcept override { shutdown_.request_stop(); }

 private:
  std::unique_ptr<CallLimits> limit(const CallContext& context) const {
    return std::make_unique<CallLimits>(context, shutdown_.get_token(), settings_.ioTimeout);
  }

  static StoragePath kept(const DavTree& tree, const StoragePath& path) {
    return tree.facts().names.kept(path);
  }

  WriteParts beginWrite(const CallContext& context) {
    auto limits = limit(context);
    examineOnce(*limits);
    auto tree = open(*limits);
    sweep(tree);
    return {tree, locks_, chunkSizes_, keptWrites_, looks_, sweep_, settings_, std::move(limits)};
  }

  static WriteTarget placeOf(const WriteTarget& target, const WriteOptions& options,
                             const DavTree& tree) {
    const auto& can = tree.facts().capabilities;
    if (target.ifMatch && !can.writeIfMatch) {
      unsupported("conditional write");
    }
    if (options.modifiedAt && !can.writeModifiedAt) {
      unsupported("way to set a modification time");
    }
    if (options.modifiedAt) {
      checkModifiedAt(*options.modifiedAt);
    }
    auto place = target;
    place.path = kept(tree, target.path);
    tree.facts().names.check(place.path);
    return place;
  }

  /// Also of a server that was not tried since our start: whoever has a token has tried it.
  static WriteToken requireToken(const std::string& text, const DavTree& tree) {
    if (!tree.facts().isNextcloud || !tree.facts().keepsChunks.value_or(true)) {
      unsupported("way to keep unfinished files");
    }
    auto token = parseWriteToken(text);
    if (!token) {
      throw StorageError(StorageErrc::InvalidArgument, "the token is not one of this storage");
    }
    return *std::move(token);
  }

  /// Before the first byte goes there: which names it forbids, and which chunks it likes. A server
  /// that does not tell is written to all the same.
  void examineOnce(const CallLimits& limits) {
    if (isExamined_.exchange(true)) {
      return;
    }
    try {
      discovery_.examine(limits);
    } catch (const StorageError&) {
      // Where it could not be reached at all, the next write asks.
      isExamined_ = discovery_.known() != nullptr;
      limits.check();
    }
  }

  void sweep(const DavTree& tree) {
    if (tree.facts().isNextcloud) {
      sweep_.start(tree.facts().uploadsTarget);
    }
  }

  DavTree open(const CallLimits& limits) {
    limits.check();
    return {client_, discovery_.facts(limits)};
  }

  template <typename Action>
  auto run(const char* operation, const StoragePath& path, const CallContext& context,
           Action action)
      -> decltype(action(std::declval<DavTree>(), std::declval<const CallLimits&>())) {
    return annotated(operation, path, [&] {
      const auto limits = limit(context);
      return action(open(*limits), *limits);
    });
  }

  /// Poco 1.11 counts who uses OpenSSL and tears down at zero, in a race with whoever comes next:
  /// while this lives, the count stays above it.
  Poco::Crypto::OpenSSLInitializer openSsl_;
  NextcloudSettings settings_;
  DavClient client_;
  Discovery discovery_;
  ListingStock listings_;
  AbsentPreviews absentPreviews_;
  PathLocks locks_;
  RecentLooks looks_;
  ChunkSizes chunkSizes_;
  KeptWrites keptWrites_;
  std::atomic<bool> isExamined_ = false;
  std::stop_source shutdown_;
  /// Its thread uses what stands above.
  UploadSweep sweep_;
};

/// Stands where no url is set: the host runs, and each call says what is missing.
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

}  // namespace mediadock
