#pragma once

/// \file
/// Walks a directory tree of any depth.

#include "calls/call.h"
#include "disk/unique_descriptor.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace mediadock::localdisk {

/// Descends by name and ascends by `..`, each relative to the currently open directory, so that no
/// path exceeds the system's limit and one descriptor suffices. Follows no links. If a directory
/// was moved meanwhile, its `..` is another one, and the walk fails.
class TreeWalk {
 public:
  /// Starts in an open directory, which must stay open. `call` must outlive the walk.
  TreeWalk(int start, const Call& call);

  /// Descends into the directory `name`. Returns false if there is none.
  bool enter(const std::string& name);

  /// Ascends, and returns the name of the directory that was left.
  /// \pre `depth() > 0`
  /// \throws StorageError `Conflict` if the directory was moved.
  std::string leave();

  /// The current directory.
  int current() const noexcept { return levels_.empty() ? start_ : current_.get(); }

  /// A new descriptor of the current directory, for reading.
  UniqueDescriptor openCurrent() const;

  std::size_t depth() const noexcept { return levels_.size(); }

  /// The path from the start, for messages.
  std::string path() const;

 private:
  struct Level {
    std::string name;
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
  };

  const int start_;
  const Call& call_;
  std::vector<Level> levels_;
  UniqueDescriptor current_;
};

/// Length in bytes of the longest path below the directory `name` of an open parent, starting with
/// `name`; 0 if the directory is empty.
std::size_t longestPathBelow(int parent, const std::string& name, const Call& call);

}  // namespace mediadock::localdisk
