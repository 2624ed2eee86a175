#include "storage/completion/completed_provider.h"

#include "mediadock/storage_error.h"
#include "storage/calls/read_options.h"
#include "storage/calls/single_flight.h"
#include "storage/completion/completed_streams.h"
#include "storage/completion/stepwise_changes.h"

#include <utility>

namespace mediadock::storage {
namespace {

/// Temporary file that brings a directory into being; the host hides such names.
constexpr std::string_view kFolderMark = ".mediadock-folder";

class CompletedProvider final : public IStorageProvider {
 public:
  explicit CompletedProvider(std::shared_ptr<IStorageProvider> inner) : inner_(std::move(inner)) {}

  Capabilities capabilities() const override { return inner_->capabilities(); }

  void check(const CallContext& context) override { inner_->check(context); }

  std::optional<Entry> stat(const StoragePath& path, const CallContext& context) override {
    return inner_->stat(path, context);
  }

  ListPage list(const StoragePath& path, const ListOptions& options,
                const CallContext& context) override {
    return inner_->list(path, options, context);
  }

  std::unique_ptr<IEntryStream> openList(const StoragePath& path,
                                         const CallContext& context) override {
    return inner_->openList(path, context);
  }

  std::unique_ptr<IReadStream> openRead(const StoragePath& path, const ReadOptions& options,
                                        const CallContext& context) override {
    const bool isConditional = options.ifMatch || options.ifNoneMatch;
    if (!isConditional && !options.range) {
      return inner_->openRead(path, options, context);
    }
    const auto can = inner_->capabilities();
    ReadOptions native = options;
    if (!can.conditionalRead) {
      native.ifMatch.reset();
      native.ifNoneMatch.reset();
    }
    if (!can.rangeRead) {
      native.range.reset();
    }
    auto stream = inner_->openRead(path, native, context);
    if (isConditional && !can.conditionalRead) {
      requireConditions(stream->info().entry, options);
    }
    return options.range && !can.rangeRead ? cutStream(std::move(stream), *options.range)
                                           : std::move(stream);
  }

  std::unique_ptr<IWriteStream> openWrite(const WriteTarget& target, const WriteOptions& options,
                                          const CallContext& context) override {
    const auto can = inner_->capabilities();
    return checked(inner_->openWrite(checkable(target, can), possible(options, can), context), can,
                   target, context);
  }

  std::unique_ptr<IWriteStream> resumeWrite(const std::string& token, const WriteTarget& target,
                                            const WriteOptions& options,
                                            const CallContext& context) override {
    const auto can = inner_->capabilities();
    return checked(
        inner_->resumeWrite(token, checkable(target, can), possible(options, can), context), can,
        target, context);
  }

  void dropWrite(const std::string& token, const CallContext& context) override {
    inner_->dropWrite(token, context);
  }

  void remove(const StoragePath& path, const RemoveOptions& options,
              const CallContext& context) override {
    if (!options.recursive && !options.ifMatch) {
      inner_->remove(path, options, context);
      return;
    }
    const auto can = inner_->capabilities();
    RemoveOptions native = options;
    if (options.ifMatch && !can.removeIfMatch) {
      requireVersion(path, *options.ifMatch, context);
      native.ifMatch.reset();
    }
    if (options.recursive && !can.removeRecursive && !native.ifMatch) {
      removeStepwise(*inner_, path, context);
      return;
    }
    // `ifMatch` implies that it is a file.
    native.recursive = options.recursive && can.removeRecursive;
    inner_->remove(path, native, context);
  }

  bool makeDirectory(const StoragePath& path, const CallContext& context) override {
    return inner_->capabilities().makeDirectory ? inner_->makeDirectory(path, context)
                                                : makeByFile(path, context);
  }

  Entry copy(const StoragePath& from, const StoragePath& to, Overwrite overwrite,
             const CallContext& context) override {
    return inner_->capabilities().copy ? inner_->copy(from, to, overwrite, context)
                                       : copyByBytes(*this, from, to, overwrite, context);
  }

  Entry move(const StoragePath& from, const StoragePath& to, Overwrite overwrite,
             const CallContext& context) override {
    return inner_->capabilities().move ? inner_->move(from, to, overwrite, context)
                                       : moveByCopies(*this, from, to, overwrite, context);
  }

  std::unique_ptr<IReadStream> openPreview(const StoragePath& path, const PreviewOptions& options,
                                           const CallContext& context) override {
    return inner_->openPreview(path, options, context);
  }

  Quota quota(const CallContext& context) override { return inner_->quota(context); }

  void shutdown() noexcept override { inner_->shutdown(); }

 private:
  static WriteOptions possible(WriteOptions options, const Capabilities& can) {
    if (!can.writeModifiedAt) {
      options.modifiedAt.reset();
    }
    return options;
  }

  std::unique_ptr<IWriteStream> checked(std::unique_ptr<IWriteStream> stream,
                                        const Capabilities& can, const WriteTarget& target,
                                        const CallContext& context) {
    if (can.writeIfAbsent && can.writeIfMatch) {
      return stream;
    }
    return checkTarget(std::move(stream), *inner_, can, target, context);
  }

  void requireVersion(const StoragePath& path, const ETag& version, const CallContext& context) {
    const auto entry = inner_->stat(path, context);
    const bool isOther = entry && !(entry->etag && entry->etag->matchesStrongly(version));
    if (isOther) {
      throw StorageError({.code = StorageErrc::PreconditionFailed,
                          .message = "the file has another version",
                          .operation = "remove",
                          .path = path.str()});
    }
  }

  bool makeByFile(const StoragePath& path, const CallContext& context) {
    if (path.isRoot()) {
      return false;
    }
    // Followers find the folder.
    const auto turn = making_.enter(path.str(), context,
                                    {.message = "gave up waiting for another call for the folder",
                                     .retry = Retry::Safe,
                                     .operation = "makeDirectory",
                                     .path = path.str()});
    if (const auto there = inner_->stat(path, context)) {
      if (!there->isDirectory()) {
        fail(StorageErrc::AlreadyExists, "a file has this name", path);
      }
      return false;
    }
    const auto mark = path.child(kFolderMark);
    inner_->openWrite({.path = mark}, {.size = 0}, context)->commit();
    removeMark(mark, context);
    if (!inner_->stat(path, context)) {
      fail(StorageErrc::Unsupported,
           "this storage has no empty folders: a folder is there while a file is in it", path);
    }
    return true;
  }

  /// Also runs if the caller has cancelled.
  void removeMark(const StoragePath& mark, CallContext context) {
    context.cancellation = {};
    try {
      inner_->remove(mark, {}, context);
    } catch (const StorageError& error) {
      // Another caller may be creating the same directory.
      if (error.code() != StorageErrc::NotFound) {
        throw;
      }
    }
  }

  [[noreturn]] static void fail(StorageErrc code, const char* message, const StoragePath& path) {
    throw StorageError(
        {.code = code, .message = message, .operation = "makeDirectory", .path = path.str()});
  }

  std::shared_ptr<IStorageProvider> inner_;
  SingleFlight<> making_;
};

}  // namespace

std::shared_ptr<IStorageProvider> completeProvider(std::shared_ptr<IStorageProvider> inner) {
  return std::make_shared<CompletedProvider>(std::move(inner));
}

std::vector<std::string_view> notAtomic(const Capabilities& capabilities) {
  const std::pair<bool, std::string_view> changes[] = {
      {capabilities.writeIfAbsent, "write_if_absent"},
      {capabilities.writeIfMatch, "write_if_match"},
      {capabilities.removeRecursive, "remove_recursive"},
      {capabilities.removeIfMatch, "remove_if_match"},
      {capabilities.move, "move"}};
  std::vector<std::string_view> names;
  for (const auto& [isAtomic, name] : changes) {
    if (!isAtomic) {
      names.push_back(name);
    }
  }
  return names;
}

}  // namespace mediadock::storage
