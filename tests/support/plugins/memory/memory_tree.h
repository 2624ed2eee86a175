#pragma once

/// \file
/// Files and directories in memory, with all that a storage must decide in one step.

#include "mediadock/storage_provider.h"

#include <map>
#include <memory>
#include <mutex>

namespace mediadock::memory {

using Content = std::shared_ptr<const std::string>;

struct NewFile {
  Content content;
  std::string contentType;
  std::optional<Timestamp> modifiedAt;
};

/// Each call is one step: others see all of it or nothing. Safe to share between threads.
class MemoryTree final {
 public:
  MemoryTree();

  std::optional<Entry> stat(const StoragePath& path) const;
  ListPage list(const StoragePath& path, const ListOptions& options) const;
  std::pair<Entry, Content> open(const StoragePath& path) const;
  Entry write(const WriteTarget& target, const NewFile& file);
  /// What `write` would refuse now.
  void checkTarget(const WriteTarget& target) const;
  void remove(const StoragePath& path, const RemoveOptions& options);
  bool makeDirectory(const StoragePath& path);
  Entry copy(const StoragePath& from, const StoragePath& to, Overwrite overwrite);
  Entry move(const StoragePath& from, const StoragePath& to, Overwrite overwrite);
  std::uint64_t usedBytes() const;

 private:
  struct Node {
    Entry entry;
    Content content;
  };

  using Nodes = std::map<StoragePath, Node>;

  const Node& at(const StoragePath& path) const;
  void requireParent(const StoragePath& path) const;
  void requireTarget(const StoragePath& from, const StoragePath& to, Overwrite overwrite) const;
  void requireConditions(const WriteTarget& target) const;
  bool addDirectories(const StoragePath& path);
  Entry put(const StoragePath& path, const NewFile& file, std::string fileId);
  bool hasChildren(const StoragePath& path) const;
  std::string nextNumber();

  mutable std::mutex mutex_;
  Nodes nodes_;                // guarded by mutex_; the root is always in it
  std::uint64_t counter_ = 0;  // guarded by mutex_
};

}  // namespace mediadock::memory
