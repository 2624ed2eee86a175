#include "mediadock/storage_error.h"
#include "storage/calls/per_call_deadline.h"
#include "storage/completion/stepwise_changes.h"

#include <optional>
#include <ranges>
#include <string>
#include <utility>
#include <vector>

namespace mediadock::storage {
namespace {

[[noreturn]] void fail(StorageErrc code, const std::string& message, const StoragePath& path) {
  throw StorageError({.code = code, .message = message, .operation = "move", .path = path.str()});
}

/// The condition for removing only this version. A weak etag does not identify bytes.
RemoveOptions onlyVersion(const Entry& entry) {
  return {.ifMatch = entry.etag && !entry.etag->isWeak ? entry.etag : std::nullopt};
}

class CopyingMove {
 public:
  CopyingMove(IStorageProvider& provider, StoragePath from, StoragePath to, Overwrite overwrite,
              const CallContext& context)
      : provider_(provider),
        from_(std::move(from)),
        to_(std::move(to)),
        overwrite_(overwrite),
        context_(context) {}

  Entry run() {
    if (to_.isWithin(from_)) {
      fail(StorageErrc::InvalidArgument, "nothing can be moved onto or below itself", from_);
    }
    const auto source = provider_.stat(from_, context_.now());
    if (!source) {
      fail(StorageErrc::NotFound, "nothing is there", from_);
    }
    try {
      source->isDirectory() ? copyTree() : copyFile(*source);
    } catch (...) {
      takeBack();
      throw;
    }
    removeSources();
    return result();
  }

 private:
  struct Copied {
    Entry source;
    Entry target;
  };

  StoragePath targetOf(const StoragePath& source) const {
    const auto below = source.str().substr(from_.str().size());
    return StoragePath::parse(to_.str() + below);
  }

  void note(const Entry& source, Entry target) {
    copied_.push_back({source, std::move(target)});
    if (copied_.size() > kMaxMovedEntries) {
      fail(StorageErrc::Unsupported,
           "this storage cannot move folders by itself, and a folder of more than " +
               std::to_string(kMaxMovedEntries) + " entries is not moved by copies",
           from_);
    }
  }

  void copyFile(const Entry& source) {
    const auto target = targetOf(source.path);
    note(source, provider_.copy(source.path, target, overwrite_, context_.now()));
  }

  void copyTree() {
    if (provider_.stat(to_, context_.now())) {
      fail(StorageErrc::AlreadyExists, "the name is taken", to_);
    }
    const auto parent = to_.parent();
    if (provider_.capabilities().makeDirectory && !parent.isRoot() &&
        !provider_.stat(parent, context_.now())) {
      fail(StorageErrc::NotFound, "the folder to move to is missing", parent);
    }
    std::vector<StoragePath> folders;
    copyFolder({.path = from_, .kind = EntryKind::Directory}, folders);
    while (!folders.empty()) {
      const auto folder = std::move(folders.back());
      folders.pop_back();
      copyChildren(folder, folders);
    }
  }

  void copyChildren(const StoragePath& folder, std::vector<StoragePath>& folders) {
    ListOptions options;
    do {
      auto page = provider_.list(folder, options, context_.now());
      if (page.omitted > 0) {
        fail(StorageErrc::Conflict, "the folder holds something that has no usable name", folder);
      }
      for (const Entry& entry : page.entries) {
        entry.isDirectory() ? copyFolder(entry, folders) : copyFile(entry);
      }
      options.token = std::move(page.nextToken);
    } while (!options.token.empty());
  }

  void copyFolder(const Entry& source, std::vector<StoragePath>& folders) {
    const auto target = targetOf(source.path);
    try {
      provider_.makeDirectory(target, context_.now());
    } catch (const StorageError& error) {
      if (error.code() != StorageErrc::Unsupported) {
        throw;
      }
      // Directories of such a storage exist only through their files.
    }
    note(source, {.path = target, .kind = EntryKind::Directory});
    folders.push_back(source.path);
  }

  /// Returns whether this call removed it.
  bool removeSource(const Entry& source) {
    try {
      const auto options = source.isDirectory() ? RemoveOptions{} : onlyVersion(source);
      provider_.remove(source.path, options, context_.now());
      return true;
    } catch (const StorageError& error) {
      if (error.code() == StorageErrc::NotFound) {
        return false;
      }
      throw;
    }
  }

  /// Files in the order of their copies, then directories, leaves first.
  void removeSources() {
    bool hasBegun = false;
    try {
      for (const Copied& each : copied_) {
        hasBegun = (!each.source.isDirectory() && removeSource(each.source)) || hasBegun;
      }
      for (const Copied& each : copied_ | std::views::reverse) {
        hasBegun = (each.source.isDirectory() && removeSource(each.source)) || hasBegun;
      }
    } catch (const StorageError& error) {
      const bool isUndone = !hasBegun && overwrite_ == Overwrite::Never &&
                            error.failure().retry != Retry::OutcomeUnknown;
      if (isUndone) {
        takeBack();
        throw;
      }
      auto failure = error.failure();
      failure.retry = Retry::OutcomeUnknown;
      failure.message =
          "all was copied to '" + to_.str() + "', but not all could be removed: " + failure.message;
      throw StorageError(std::move(failure));
    }
  }

  /// Also runs if the caller has cancelled. Copies that cannot be removed are left behind.
  void takeBack() noexcept {
    if (overwrite_ != Overwrite::Never) {
      return;
    }
    for (const Copied& each : copied_ | std::views::reverse) {
      try {
        auto context = context_.now();
        context.cancellation = {};
        const auto options = each.target.isDirectory() ? RemoveOptions{} : onlyVersion(each.target);
        provider_.remove(each.target.path, options, context);
      } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch): see above.
      }
    }
  }

  Entry result() {
    Entry& moved = copied_.front().target;
    if (moved.isDirectory()) {
      moved = provider_.stat(to_, context_.now()).value_or(moved);
    }
    return moved;
  }

  IStorageProvider& provider_;
  const StoragePath from_;
  const StoragePath to_;
  const Overwrite overwrite_;
  const PerCallDeadline context_;
  std::vector<Copied> copied_;
};

}  // namespace

Entry moveByCopies(IStorageProvider& provider, const StoragePath& from, const StoragePath& to,
                   Overwrite overwrite, const CallContext& context) {
  return CopyingMove(provider, from, to, overwrite, context).run();
}

}  // namespace mediadock::storage
