#include "storage/caching/cached_provider.h"

#include "cache/blob_cache.h"
#include "mediadock/storage_error.h"
#include "storage/caching/cached_streams.h"
#include "storage/caching/version_index.h"
#include "storage/calls/read_options.h"
#include "storage/calls/single_flight.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <optional>
#include <span>
#include <utility>

namespace mediadock::storage {
namespace {

/// Number of files whose versions are remembered; some 300 bytes each.
constexpr std::size_t kKnownFiles = 50000;
/// Maximum number of versions learned from one listing: a long one is walked through once, and
/// would evict the versions in use.
constexpr std::size_t kLearntOfAListing = 10000;
/// Files up to this size are read completely before their first byte is returned.
constexpr std::uint64_t kSmall = 256 * 1024;
/// A file that was changed less than this before it was read may change again under the same etag:
/// one second for storages with timestamps of that resolution, the rest for clock skew.
constexpr std::chrono::seconds kUnsettled{10};

bool isSettled(const Entry& entry) {
  return !entry.modifiedAt || *entry.modifiedAt + kUnsettled < std::chrono::system_clock::now();
}

/// Learns the entries that `inner` returns.
class RecordingEntryStream final : public IEntryStream {
 public:
  RecordingEntryStream(std::unique_ptr<IEntryStream> inner, VersionIndex& versions,
                       const VersionIndex::QueryStamp& stamp)
      : inner_(std::move(inner)),
        versions_(versions),
        stamp_(stamp) {}

  bool next(std::vector<Entry>& entries, CallContext::Clock::time_point until) override {
    const bool hasMore = inner_->next(entries, until);
    const auto learnt = std::min(entries.size(), left_);
    for (const Entry& entry : std::span(entries).first(learnt)) {
      versions_.record(entry, stamp_);
    }
    left_ -= learnt;
    return hasMore;
  }

  std::size_t omitted() const override { return inner_->omitted(); }

 private:
  std::unique_ptr<IEntryStream> inner_;
  VersionIndex& versions_;
  const VersionIndex::QueryStamp stamp_;
  std::size_t left_ = kLearntOfAListing;
};

class CachedProvider final : public IStorageProvider {
 public:
  CachedProvider(std::shared_ptr<IStorageProvider> inner, cache::BlobCache& blobs,
                 CachedProviderSettings settings)
      : inner_(std::move(inner)),
        blobs_(blobs),
        settings_(std::move(settings)) {}

  Capabilities capabilities() const override { return inner_->capabilities(); }

  void check(const CallContext& context) override { inner_->check(context); }

  std::optional<Entry> stat(const StoragePath& path, const CallContext& context) override {
    if (auto known = versions_.find(path); known && isFresh(*known)) {
      return std::move(known->entry);
    }
    const auto stamp = versions_.beginQuery();
    auto entry = inner_->stat(path, context);
    if (entry) {
      versions_.record(*entry, stamp);
    }
    return entry;
  }

  ListPage list(const StoragePath& path, const ListOptions& options,
                const CallContext& context) override {
    const auto stamp = versions_.beginQuery();
    auto page = inner_->list(path, options, context);
    for (const Entry& entry : page.entries) {
      versions_.record(entry, stamp);
    }
    return page;
  }

  std::unique_ptr<IEntryStream> openList(const StoragePath& path,
                                         const CallContext& context) override {
    const auto stamp = versions_.beginQuery();
    return std::make_unique<RecordingEntryStream>(inner_->openList(path, context), versions_,
                                                  stamp);
  }

  std::unique_ptr<IReadStream> openRead(const StoragePath& path, const ReadOptions& options,
                                        const CallContext& context) override {
    auto cached = find(path);
    if (cached && cached->isFresh) {
      return open(*std::move(cached), options);
    }
    const bool hasConditions = options.ifMatch || options.ifNoneMatch;
    if (hasConditions || (options.range && !cached)) {
      return inner_->openRead(path, options, context);
    }
    if (!hasVersions_) {
      return read(path, options, context);
    }
    const auto turn = opening_.enter(path.str(), context,
                                     {.message = "gave up waiting for another reader of the file",
                                      .retry = Retry::Safe,
                                      .operation = "open"});
    // Also for a leader: another one may have finished in between.
    cached = find(path);
    if (cached && cached->isFresh) {
      return open(*std::move(cached), options);
    }
    return cached ? revalidate(*std::move(cached), options, context) : read(path, options, context);
  }

  std::unique_ptr<IWriteStream> openWrite(const WriteTarget& target, const WriteOptions& options,
                                          const CallContext& context) override {
    return withInvalidation(inner_->openWrite(target, options, context), target.path);
  }

  std::unique_ptr<IWriteStream> resumeWrite(const std::string& token, const WriteTarget& target,
                                            const WriteOptions& options,
                                            const CallContext& context) override {
    return withInvalidation(inner_->resumeWrite(token, target, options, context), target.path);
  }

  void dropWrite(const std::string& token, const CallContext& context) override {
    inner_->dropWrite(token, context);
  }

  void remove(const StoragePath& path, const RemoveOptions& options,
              const CallContext& context) override {
    const Change change(versions_, path);
    inner_->remove(path, options, context);
  }

  bool makeDirectory(const StoragePath& path, const CallContext& context) override {
    return inner_->makeDirectory(path, context);
  }

  Entry copy(const StoragePath& from, const StoragePath& to, Overwrite overwrite,
             const CallContext& context) override {
    const Change change(versions_, to);
    return inner_->copy(from, to, overwrite, context);
  }

  Entry move(const StoragePath& from, const StoragePath& to, Overwrite overwrite,
             const CallContext& context) override {
    const Change source(versions_, from);
    const Change target(versions_, to);
    return inner_->move(from, to, overwrite, context);
  }

  std::unique_ptr<IReadStream> openPreview(const StoragePath& path, const PreviewOptions& options,
                                           const CallContext& context) override {
    return inner_->openPreview(path, options, context);
  }

  Quota quota(const CallContext& context) override { return inner_->quota(context); }

  void shutdown() noexcept override { inner_->shutdown(); }

 private:
  /// Forgets a path before and after a change, even if the change fails.
  class Change {
   public:
    Change(VersionIndex& versions, StoragePath path) : versions_(versions), path_(std::move(path)) {
      versions_.forget(path_);
    }

    ~Change() { versions_.forget(path_); }

    Change(const Change&) = delete;
    Change& operator=(const Change&) = delete;

   private:
    VersionIndex& versions_;
    const StoragePath path_;
  };

  std::string keyOf(const Entry& entry) const {
    return settings_.identity + '\n' + entry.path.str() + '\n' + entry.etag->value;
  }

  /// A file that is cached in the version that the storage was last seen to have.
  struct Cached {
    Entry entry;
    cache::CachedBlob blob;
    /// Whether it was seen within `revalidateAfter`.
    bool isFresh;
  };

  bool isFresh(const VersionIndex::Known& known) const {
    return VersionIndex::Clock::now() < known.askedAt + settings_.revalidateAfter;
  }

  std::optional<Cached> find(const StoragePath& path) {
    auto known = versions_.find(path);
    if (!known) {
      return std::nullopt;
    }
    auto blob = blobs_.find(keyOf(known->entry));
    if (!blob || blob->length() != known->entry.size) {
      return std::nullopt;
    }
    const bool fresh = isFresh(*known);
    return Cached{std::move(known->entry), *std::move(blob), fresh};
  }

  static std::unique_ptr<IReadStream> open(Cached cached, const ReadOptions& options) {
    requireConditions(cached.entry, options);
    return openCached(std::move(cached.blob), std::move(cached.entry), options.range);
  }

  std::unique_ptr<IReadStream> read(const StoragePath& path, const ReadOptions& options,
                                    const CallContext& context) {
    const auto stamp = versions_.beginQuery();
    return keep(inner_->openRead(path, options, context), stamp);
  }

  /// Returns the cached file if the storage still has that version, otherwise the storage's new
  /// one.
  std::unique_ptr<IReadStream> revalidate(Cached cached, const ReadOptions& options,
                                          const CallContext& context) {
    const auto stamp = versions_.beginQuery();
    ReadOptions changed = options;
    changed.ifNoneMatch = cached.entry.etag;
    try {
      return keep(inner_->openRead(cached.entry.path, changed, context), stamp);
    } catch (const StorageError& error) {
      if (error.code() != StorageErrc::NotModified) {
        throw;
      }
    }
    versions_.record(cached.entry, stamp);
    return open(std::move(cached), options);
  }

  /// Learns the version that `stream` reports, and caches its bytes if possible.
  std::unique_ptr<IReadStream> keep(std::unique_ptr<IReadStream> stream,
                                    const VersionIndex::QueryStamp& stamp) {
    const ReadInfo& info = stream->info();
    const Entry& entry = info.entry;
    versions_.record(entry, stamp);
    hasVersions_ = entry.etag && !entry.etag->isWeak;
    const bool isWhole = info.offset == 0 && info.length && entry.size == info.length;
    if (!isWhole || !entry.etag || entry.etag->isWeak || !isSettled(entry)) {
      return stream;
    }
    const std::string key = keyOf(entry);
    if (auto blob = blobs_.find(key); blob && blob->length() == info.length) {
      return openCached(*std::move(blob), entry, std::nullopt);
    }
    auto writer = blobs_.startWriting(key, "", *info.length);
    if (!writer) {
      return stream;
    }
    return *info.length <= kSmall ? keepAtOnce(std::move(stream), std::move(writer))
                                  : keepInPassing(std::move(stream), std::move(writer));
  }

  std::unique_ptr<IWriteStream> withInvalidation(std::unique_ptr<IWriteStream> stream,
                                                 const StoragePath& path) {
    return invalidateOnCommit(std::move(stream), path,
                              [this](const StoragePath& changed) { versions_.forget(changed); });
  }

  const std::shared_ptr<IStorageProvider> inner_;
  cache::BlobCache& blobs_;
  const CachedProviderSettings settings_;
  VersionIndex versions_{kKnownFiles};
  /// Whether the last file read had a version. Without one nothing is cached, so concurrent readers
  /// need not wait.
  std::atomic<bool> hasVersions_ = true;
  SingleFlight<> opening_;
};

}  // namespace

std::shared_ptr<IStorageProvider> makeCached(std::shared_ptr<IStorageProvider> inner,
                                             cache::BlobCache& blobs,
                                             CachedProviderSettings settings) {
  return std::make_shared<CachedProvider>(std::move(inner), blobs, std::move(settings));
}

}  // namespace mediadock::storage
