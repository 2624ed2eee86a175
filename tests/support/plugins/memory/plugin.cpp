#include "mediadock/plugin.h"

#include "memory_tree.h"
#include "suspended_writes.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <utility>

namespace mediadock::memory {
namespace {

constexpr SettingSpec kSettings[] = {
    {"without", "", "Abilities to do without, separated by commas; 'all' for none at all."}};

constexpr std::array<bool Capabilities::*, 18> kAbilities = {&Capabilities::rangeRead,
                                                             &Capabilities::conditionalRead,
                                                             &Capabilities::etag,
                                                             &Capabilities::fileId,
                                                             &Capabilities::writeUnknownSize,
                                                             &Capabilities::writeIfAbsent,
                                                             &Capabilities::writeIfMatch,
                                                             &Capabilities::writeRetarget,
                                                             &Capabilities::writeModifiedAt,
                                                             &Capabilities::writeResume,
                                                             &Capabilities::removeRecursive,
                                                             &Capabilities::removeIfMatch,
                                                             &Capabilities::makeDirectory,
                                                             &Capabilities::copy,
                                                             &Capabilities::move,
                                                             &Capabilities::quota,
                                                             &Capabilities::listSorted,
                                                             &Capabilities::caseSensitive};

Capabilities abilitiesWithout(const std::string& list) {
  Capabilities can;
  can.maxNameBytes = StoragePath::kMaxNameBytes;
  can.maxPathBytes = StoragePath::kMaxPathBytes;
  can.modifiedAtPrecision = std::chrono::microseconds(1);
  for (const auto ability : kAbilities) {
    Capabilities alone;
    alone.*ability = true;
    can.*ability = list != "all" &&
                   ("," + list + ",").find("," + std::string(abilityNames(alone).front()) + ",") ==
                       std::string::npos;
  }
  // A tree cannot be without these two.
  can.listSorted = true;
  can.caseSensitive = true;
  can.evidence = {{.ability = "case_sensitive",
                   .asked = "the tree's own comparison",
                   .answered = "byte for byte"}};
  return can;
}

void require(bool ability, const char* what) {
  if (!ability) {
    throw StorageError(StorageErrc::Unsupported, std::string("this storage has no ") + what);
  }
}

/// What provider and streams share.
struct Shared {
  explicit Shared(Capabilities capabilities) : can(std::move(capabilities)) {}

  void requireRunning(const CallContext& context) const {
    if (isShutDown || context.cancellation.stop_requested()) {
      throw StorageError(StorageErrc::Cancelled, "the call was cancelled");
    }
  }

  /// The entry as a storage with these abilities would tell it.
  Entry shown(Entry entry) const {
    if (!can.etag) {
      entry.etag.reset();
    }
    if (!can.fileId) {
      entry.fileId.clear();
    }
    return entry;
  }

  void requireAble(const WriteTarget& target) const {
    require(can.writeIfAbsent || !target.ifAbsent, "write if absent");
    require(can.writeIfMatch || !target.ifMatch, "write if match");
  }

  const Capabilities can;
  MemoryTree tree;
  SuspendedWrites suspended;
  std::atomic<bool> isShutDown = false;
};

class MemoryReadStream final : public IReadStream {
 public:
  MemoryReadStream(const Shared& shared, ReadInfo info, Content content, CallContext context)
      : shared_(shared),
        info_(std::move(info)),
        content_(std::move(content)),
        context_(std::move(context)) {}

  const ReadInfo& info() const override { return info_; }

  std::size_t read(std::span<std::byte> buffer) override {
    shared_.requireRunning(context_);
    const std::size_t count = std::min<std::uint64_t>(buffer.size(), *info_.length - given_);
    std::memcpy(buffer.data(), content_->data() + info_.offset + given_, count);
    given_ += count;
    return count;
  }

 private:
  const Shared& shared_;
  ReadInfo info_;
  Content content_;
  CallContext context_;
  std::uint64_t given_ = 0;
};

class MemoryWriteStream final : public IWriteStream {
 public:
  MemoryWriteStream(Shared& shared, WriteTarget target, WriteOptions options, CallContext context,
                    SuspendedWrites::Write former = {})
      : shared_(shared),
        target_(std::move(target)),
        options_(std::move(options)),
        context_(std::move(context)),
        id_(std::move(former.id)),
        buffer_(std::move(former.content)) {}

  void write(std::span<const std::byte> bytes) override {
    requireOpen();
    if (options_.size && bytes.size() > *options_.size - buffer_.size()) {
      isOver_ = true;
      throw StorageError(StorageErrc::InvalidArgument, "more bytes than were announced");
    }
    buffer_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }

  std::string suspend() override {
    require(shared_.can.writeResume, "suspend");
    requireOpen();
    return shared_.suspended.keep(id_, buffer_);
  }

  void retarget(WriteTarget target) override {
    require(shared_.can.writeRetarget, "retarget");
    shared_.requireAble(target);
    requireOpen();
    target_ = std::move(target);
  }

  Entry commit() override {
    requireOpen();
    isOver_ = true;
    if (options_.size && buffer_.size() < *options_.size) {
      throw StorageError(StorageErrc::Truncated, "fewer bytes than were announced");
    }
    try {
      const Entry entry =
          shared_.tree.write(target_, {.content = std::make_shared<const std::string>(buffer_),
                                       .contentType = options_.contentType,
                                       .modifiedAt = options_.modifiedAt});
      shared_.suspended.drop(id_);
      return shared_.shown(entry);
    } catch (const StorageError& error) {
      isOver_ = error.code() != StorageErrc::AlreadyExists &&
                error.code() != StorageErrc::PreconditionFailed;
      throw;
    }
  }

  void abort() noexcept override {
    isOver_ = true;
    shared_.suspended.drop(id_);
  }

 private:
  void requireOpen() const {
    if (isOver_) {
      throw StorageError(StorageErrc::InvalidArgument, "the stream is committed or aborted");
    }
    shared_.requireRunning(context_);
  }

  Shared& shared_;
  WriteTarget target_;
  WriteOptions options_;
  CallContext context_;
  /// Among the suspended writes; empty before the first suspend.
  std::string id_;
  std::string buffer_;
  bool isOver_ = false;
};

class MemoryProvider final : public IStorageProvider {
 public:
  explicit MemoryProvider(const Capabilities& can) : shared_(can) {}

  Capabilities capabilities() const override { return shared_.can; }

  void check(const CallContext& context) override { shared_.requireRunning(context); }

  std::optional<Entry> stat(const StoragePath& path, const CallContext& context) override {
    shared_.requireRunning(context);
    const auto entry = shared_.tree.stat(path);
    return entry ? std::optional(shared_.shown(*entry)) : std::nullopt;
  }

  ListPage list(const StoragePath& path, const ListOptions& options,
                const CallContext& context) override {
    shared_.requireRunning(context);
    ListPage page = shared_.tree.list(path, options);
    for (Entry& entry : page.entries) {
      entry = shared_.shown(std::move(entry));
    }
    return page;
  }

  std::unique_ptr<IReadStream> openRead(const StoragePath& path, const ReadOptions& options,
                                        const CallContext& context) override {
    shared_.requireRunning(context);
    require(shared_.can.rangeRead || !options.range, "range read");
    require(shared_.can.conditionalRead || (!options.ifMatch && !options.ifNoneMatch),
            "conditional read");
    auto [entry, content] = shared_.tree.open(path);
    if (options.ifMatch && !entry.etag->matchesStrongly(*options.ifMatch)) {
      throw StorageError(StorageErrc::PreconditionFailed, "another version stands there");
    }
    if (options.ifNoneMatch && entry.etag->matchesWeakly(*options.ifNoneMatch)) {
      throw StorageError(StorageErrc::NotModified, "this version stands there");
    }
    const ByteSlice slice = resolve(options.range, content->size());
    ReadInfo info{.entry = shared_.shown(entry), .offset = slice.offset, .length = slice.length};
    return std::make_unique<MemoryReadStream>(shared_, std::move(info), std::move(content),
                                              context);
  }

  std::unique_ptr<IWriteStream> openWrite(const WriteTarget& target, const WriteOptions& options,
                                          const CallContext& context) override {
    requireWritable(target, options, context);
    return std::make_unique<MemoryWriteStream>(shared_, target, options, context);
  }

  std::unique_ptr<IWriteStream> resumeWrite(const std::string& token, const WriteTarget& target,
                                            const WriteOptions& options,
                                            const CallContext& context) override {
    require(shared_.can.writeResume, "resumeWrite");
    requireWritable(target, options, context);
    return std::make_unique<MemoryWriteStream>(shared_, target, options, context,
                                               shared_.suspended.find(token));
  }

  void dropWrite(const std::string& token, const CallContext& context) override {
    shared_.requireRunning(context);
    require(shared_.can.writeResume, "dropWrite");
    shared_.suspended.drop(SuspendedWrites::idOf(token));
  }

  void remove(const StoragePath& path, const RemoveOptions& options,
              const CallContext& context) override {
    shared_.requireRunning(context);
    require(shared_.can.removeRecursive || !options.recursive, "recursive remove");
    require(shared_.can.removeIfMatch || !options.ifMatch, "remove if match");
    shared_.tree.remove(path, options);
  }

  bool makeDirectory(const StoragePath& path, const CallContext& context) override {
    shared_.requireRunning(context);
    require(shared_.can.makeDirectory, "make directory");
    return shared_.tree.makeDirectory(path);
  }

  Entry copy(const StoragePath& from, const StoragePath& to, Overwrite overwrite,
             const CallContext& context) override {
    shared_.requireRunning(context);
    require(shared_.can.copy, "copy");
    return shared_.shown(shared_.tree.copy(from, to, overwrite));
  }

  Entry move(const StoragePath& from, const StoragePath& to, Overwrite overwrite,
             const CallContext& context) override {
    shared_.requireRunning(context);
    require(shared_.can.move, "move");
    return shared_.shown(shared_.tree.move(from, to, overwrite));
  }

  Quota quota(const CallContext& context) override {
    shared_.requireRunning(context);
    require(shared_.can.quota, "quota");
    return {.used = shared_.tree.usedBytes()};
  }

  void shutdown() noexcept override { shared_.isShutDown = true; }

 private:
  void requireWritable(const WriteTarget& target, const WriteOptions& options,
                       const CallContext& context) {
    shared_.requireRunning(context);
    shared_.requireAble(target);
    require(shared_.can.writeUnknownSize || options.size, "write of unknown size");
    require(shared_.can.writeModifiedAt || !options.modifiedAt, "write of a modification time");
    // Whether the target is free is for the commit to decide.
    shared_.tree.checkTarget({.path = target.path, .createParents = target.createParents});
  }

  Shared shared_;
};

std::unique_ptr<IStorageProvider> makeProvider(const ProviderContext& context) {
  return std::make_unique<MemoryProvider>(abilitiesWithout(context.settings.text("without")));
}

}  // namespace
}  // namespace mediadock::memory

MEDIADOCK_PLUGIN("memory", MEDIADOCK_VERSION, mediadock::memory::kSettings,
                 mediadock::memory::makeProvider);
