#pragma once

/// \file
/// Going through a tree of directories, however deep.

#include "calls/call.h"
#include "disk/unique_descriptor.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace mediadock {

/// Goes down by names and up by `..`, each relative to the open directory at hand: no path is ever
/// too long for the system, and one descriptor is open at a time. No link is followed. Where a
/// directory was moved meanwhile, its `..` is another one, and the walk ends.
class TreeWalk {
 public:
  /// Begins in an open directory, which has to stay open. `call` must outlive the walk.
  TreeWalk(int start, const Call& call);

  /// Goes down into the directory `name`. Returns false where there is none.
  bool enter(const std::string& name);

  /// Goes up, and returns the name of the directory that was left.
  /// \pre `depth() > 0`
  /// \throws StorageError `Conflict` where the directory was moved.
  std::string leave();

  /// The open directory.
  int current() const noexcept { return levels_.empty() ? start_ : current_.get(); }

  /// Another descriptor of it, to be read by.
  UniqueDescriptor openCurrent() const;

  std::size_t depth() const noexcept { return levels_.size(); }

  /// Where it is, from the start, for messages.
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

/// The bytes of the longest path below the directory `name` of an open parent, from `name` on; 0
/// where it is empty.
std::size_t longestPathBelow(int parent, const std::string& name, const Call& call);

}  // namespace mediadock
