#include "mediadock/storage_error.h"
#include "storage/calls/per_call_deadline.h"
#include "storage/completion/stepwise_changes.h"

#include <optional>
#include <utility>

namespace mediadock::storage {
namespace {

enum class Removal { Done, Gone, NotEmpty };

class TreeRemoval {
 public:
  TreeRemoval(IStorageProvider& provider, const CallContext& context)
      : provider_(provider),
        context_(context) {}

  void run(const StoragePath& root) {
    if (removeOne(root) != Removal::NotEmpty) {
      return;
    }
    try {
      removeTree(root);
    } catch (const StorageError& error) {
      if (!hasRemoved_) {
        throw;
      }
      auto failure = error.failure();
      failure.retry = Retry::OutcomeUnknown;
      throw StorageError(std::move(failure));
    }
  }

 private:
  struct Cleared {
    std::size_t removed = 0;
    /// The first directory that is not empty.
    std::optional<StoragePath> next;
  };

  void removeTree(const StoragePath& root) {
    StoragePath folder = root;
    for (;;) {
      const auto [removed, next] = clear(folder);
      if (next) {
        folder = *next;
      } else if (removed == 0) {
        finish(folder);
        if (folder == root) {
          return;
        }
        folder = folder.parent();
      }
    }
  }

  Removal removeOne(const StoragePath& path) {
    try {
      provider_.remove(path, {}, context_.now());
      hasRemoved_ = true;
      return Removal::Done;
    } catch (const StorageError& error) {
      if (error.code() == StorageErrc::NotFound && hasBegun_) {
        return Removal::Gone;
      }
      if (error.code() == StorageErrc::DirectoryNotEmpty) {
        hasBegun_ = true;
        return Removal::NotEmpty;
      }
      throw;
    }
  }

  Cleared clear(const StoragePath& folder) {
    Cleared cleared;
    ListOptions options;
    do {
      auto page = pageOf(folder, options);
      for (const Entry& entry : page.entries) {
        const auto removal = removeOne(entry.path);
        if (removal == Removal::NotEmpty) {
          cleared.next = entry.path;
          return cleared;
        }
        cleared.removed += removal == Removal::Done ? 1 : 0;
      }
      options.token = std::move(page.nextToken);
    } while (!options.token.empty());
    return cleared;
  }

  /// A directory that exists only while it has entries is treated as empty once it is gone.
  ListPage pageOf(const StoragePath& folder, const ListOptions& options) {
    try {
      return provider_.list(folder, options, context_.now());
    } catch (const StorageError& error) {
      if (error.code() == StorageErrc::NotFound) {
        return {};
      }
      throw;
    }
  }

  void finish(const StoragePath& folder) {
    if (removeOne(folder) == Removal::NotEmpty) {
      throw StorageError({.code = StorageErrc::DirectoryNotEmpty,
                          .message = "the folder holds something that the storage does not list",
                          .operation = "remove",
                          .path = folder.str()});
    }
  }

  IStorageProvider& provider_;
  const PerCallDeadline context_;
  /// From then on, whatever is missing was removed by us or by another caller that wanted the same.
  bool hasBegun_ = false;
  bool hasRemoved_ = false;
};

}  // namespace

void removeStepwise(IStorageProvider& provider, const StoragePath& path,
                    const CallContext& context) {
  TreeRemoval(provider, context).run(path);
}

}  // namespace mediadock::storage
