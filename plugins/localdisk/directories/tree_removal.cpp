#include "directories/tree_removal.h"

#include "directories/tree_walk.h"
#include "disk/directory_scan.h"

#include <cerrno>
#include <fcntl.h>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

namespace mediadock::localdisk {
namespace {

/// How often others may add something to a directory that was just emptied.
constexpr int kMostRefills = 1000;

/// Removes all non-directories at the current position of `walk`; returns the directories' names.
std::vector<std::string> removeFiles(const TreeWalk& walk, const Call& call) {
  std::vector<std::string> directories;
  DirectoryScan scan(walk.openCurrent(), call);
  while (auto found = scan.next()) {
    if (found->kind == FileKind::Directory) {
      directories.push_back(std::move(found->name));
    } else if (::unlinkat(scan.descriptor(), found->name.c_str(), 0) != 0 && errno != ENOENT) {
      call.failWithErrno(errno,
                         "removing '" + walk.path() + "/" + found->name + "', which is left");
    }
  }
  return directories;
}

/// Removes the empty directory `name` at the current position of `walk`. Returns false, with
/// `errno` set, if it does not exist or is no longer empty.
bool removeEmpty(const TreeWalk& walk, const std::string& name, const Call& call) {
  if (::unlinkat(walk.current(), name.c_str(), AT_REMOVEDIR) == 0) {
    return true;
  }
  if (errno != ENOENT && errno != ENOTEMPTY) {
    const std::string above = walk.path();
    call.failWithErrno(errno, "removing the folder '" +
                                  (above.empty() ? name : above + "/" + name) + "', which is left");
  }
  return false;
}

}  // namespace

void removeTree(int parent, const std::string& name, const Call& call) {
  int refills = 0;
  bool isRemoved = false;
  // Per level, the directories still to be removed.
  std::vector<std::vector<std::string>> pending{{name}};
  TreeWalk walk(parent, call);
  while (walk.depth() > 0 || !pending.back().empty()) {
    call.checkpoint();
    if (!pending.back().empty()) {
      const std::string child = std::move(pending.back().back());
      pending.back().pop_back();
      if (walk.enter(child)) {
        pending.push_back(removeFiles(walk, call));
      }
      continue;
    }
    pending.pop_back();
    const std::string emptied = walk.leave();
    isRemoved = removeEmpty(walk, emptied, call);
    if (!isRemoved && errno == ENOTEMPTY) {
      if (++refills > kMostRefills) {
        call.fail(StorageErrc::DirectoryNotEmpty,
                  "'" + emptied + "' is filled while it is removed");
      }
      pending.back().push_back(emptied);
    }
  }
  // The last directory removed is the root of the tree.
  if (!isRemoved) {
    call.fail(StorageErrc::NotFound, "somebody else removed it");
  }
}

}  // namespace mediadock::localdisk
