#include "directories/tree_walk.h"

#include "disk/directory_scan.h"
#include "disk/file_status.h"
#include "disk/root_directory.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <utility>

namespace mediadock::localdisk {
namespace {

constexpr int kReadDirectory = O_RDONLY | O_DIRECTORY;

}  // namespace

TreeWalk::TreeWalk(int start, const Call& call) : start_(start), call_(call) {}

bool TreeWalk::enter(const std::string& name) {
  auto directory = openBeneath(current(), name, kReadDirectory);
  if (!directory) {
    if (errno == ENOENT) {
      return false;
    }
    const std::string above = path();
    call_.failWithErrno(
        errno,
        "opening the folder '" + (above.empty() ? name : above + "/" + name) + "', which is left");
  }
  const auto status = statusOf(directory.get(), call_);
  levels_.push_back({name, status.device, status.inode});
  current_ = std::move(directory);
  return true;
}

std::string TreeWalk::leave() {
  std::string name = std::move(levels_.back().name);
  levels_.pop_back();
  if (levels_.empty()) {
    current_ = UniqueDescriptor();
    return name;
  }
  UniqueDescriptor above(static_cast<int>(uninterrupted(
      [&] { return ::openat(current_.get(), "..", kReadDirectory | O_NOFOLLOW | O_CLOEXEC); })));
  if (!above) {
    call_.failWithErrno(errno, "going back from the folder '" + name + "'");
  }
  const auto status = statusOf(above.get(), call_);
  const auto& expected = levels_.back();
  if (status.inode != expected.inode || status.device != expected.device) {
    call_.fail(StorageErrc::Conflict, "the folder '" + name + "' was moved meanwhile");
  }
  current_ = std::move(above);
  return name;
}

UniqueDescriptor TreeWalk::openCurrent() const {
  auto directory = openBeneath(current(), "", kReadDirectory);
  if (!directory) {
    call_.failWithErrno(errno, "reading the folder '" + path() + "'");
  }
  return directory;
}

std::string TreeWalk::path() const {
  std::string text;
  for (const Level& level : levels_) {
    text += (text.empty() ? "" : "/") + level.name;
  }
  return text;
}

std::size_t longestPathBelow(int parent, const std::string& name, const Call& call) {
  std::size_t longest = 0;
  std::size_t length = 0;
  // Per level, the directories still to be entered.
  std::vector<std::vector<std::string>> pending{{name}};
  TreeWalk walk(parent, call);
  while (walk.depth() > 0 || !pending.back().empty()) {
    call.checkpoint();
    if (pending.back().empty()) {
      pending.pop_back();
      length -= std::min(length, walk.leave().size() + 1);
      continue;
    }
    const std::string child = std::move(pending.back().back());
    pending.back().pop_back();
    if (!walk.enter(child)) {
      continue;
    }
    length += walk.depth() > 1 ? child.size() + 1 : 0;
    auto& directories = pending.emplace_back();
    DirectoryScan scan(walk.openCurrent(), call);
    while (auto found = scan.next()) {
      longest = std::max(longest, length + found->name.size());
      if (found->kind == FileKind::Directory) {
        directories.push_back(std::move(found->name));
      }
    }
  }
  return longest;
}

}  // namespace mediadock::localdisk
