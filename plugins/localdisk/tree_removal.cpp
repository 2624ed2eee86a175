#include "tree_removal.h"

#include "directory_scan.h"

#include <cerrno>
#include <fcntl.h>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

namespace mediadock {
namespace {

/// How often somebody may put something into a directory that was just emptied.
constexpr int kMostRefills = 1000;

std::string joined(const std::string& folder, const std::string& name) {
  return folder + "/" + name;
}

/// Removes all but directories from an open directory, and returns their names.
std::vector<std::string> removeFiles(UniqueDescriptor directory, const std::string& where,
                                     const Call& call) {
  std::vector<std::string> directories;
  DirectoryScan scan(std::move(directory), call);
  while (auto found = scan.next()) {
    if (found->kind == FileKind::Directory) {
      directories.push_back(std::move(found->name));
    } else if (::unlinkat(scan.descriptor(), found->name.c_str(), 0) != 0 && errno != ENOENT) {
      call.failWithErrno(errno, "removing '" + joined(where, found->name) + "', which is left");
    }
  }
  return directories;
}

/// Removes the empty directory `relative`. Returns false where it is not there, or not empty any
/// more, with `errno` telling which.
bool removeEmpty(int parent, const std::string& relative, const Call& call) {
  const auto slash = relative.rfind('/');
  const bool isTop = slash == std::string::npos;
  const auto folder =
      openBeneath(parent, isTop ? "" : relative.substr(0, slash), O_PATH | O_DIRECTORY);
  const auto name = isTop ? relative : relative.substr(slash + 1);
  if (folder && ::unlinkat(folder.get(), name.c_str(), AT_REMOVEDIR) == 0) {
    return true;
  }
  if (errno != ENOENT && errno != ENOTEMPTY) {
    call.failWithErrno(errno, "removing the folder '" + relative + "', which is left");
  }
  return false;
}

}  // namespace

void removeTree(int parent, const std::string& name, const Call& call) {
  int refills = 0;
  bool isRemoved = false;
  std::vector<std::string> pending{name};
  while (!pending.empty()) {
    call.checkpoint();
    const auto folder = pending.back();
    auto directory = openBeneath(parent, folder, O_RDONLY | O_DIRECTORY);
    if (!directory && errno != ENOENT) {
      call.failWithErrno(errno, "opening the folder '" + folder + "', which is left");
    }
    const auto children =
        directory ? removeFiles(std::move(directory), folder, call) : std::vector<std::string>();
    for (const auto& child : children) {
      pending.push_back(joined(folder, child));
    }
    if (!children.empty()) {
      continue;
    }
    isRemoved = removeEmpty(parent, folder, call);
    if (isRemoved || errno == ENOENT) {
      pending.pop_back();
    } else if (++refills > kMostRefills) {
      call.fail(StorageErrc::DirectoryNotEmpty, "'" + folder + "' is filled while it is removed");
    }
  }
  // The last one removed was the directory itself.
  if (!isRemoved) {
    call.fail(StorageErrc::NotFound, "somebody else removed it");
  }
}

}  // namespace mediadock
