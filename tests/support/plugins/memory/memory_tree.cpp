#include "memory_tree.h"

#include "mediadock/storage_error.h"

#include <utility>

namespace mediadock::memory {
namespace {

[[noreturn]] void fail(StorageErrc code, const StoragePath& path) {
  throw StorageError({.code = code,
                      .message = std::string(toString(code)) + ": " + path.str(),
                      .path = path.str()});
}

Timestamp now() {
  return std::chrono::time_point_cast<Timestamp::duration>(std::chrono::system_clock::now());
}

}  // namespace

MemoryTree::MemoryTree() {
  nodes_[StoragePath()].entry.kind = EntryKind::Directory;
}

std::optional<Entry> MemoryTree::stat(const StoragePath& path) const {
  const std::lock_guard lock(mutex_);
  const auto found = nodes_.find(path);
  return found == nodes_.end() ? std::nullopt : std::optional(found->second.entry);
}

ListPage MemoryTree::list(const StoragePath& path, const ListOptions& options) const {
  const std::lock_guard lock(mutex_);
  if (!at(path).entry.isDirectory()) {
    fail(StorageErrc::NotADirectory, path);
  }
  // A token is the path of the last entry that was given.
  const StoragePath last = options.token.empty() ? path : StoragePath::parse(options.token);
  if (!options.token.empty() && (last.isRoot() || last.parent() != path)) {
    throw StorageError(StorageErrc::InvalidArgument, "a token of another listing");
  }
  ListPage page;
  for (auto node = nodes_.upper_bound(last); node != nodes_.end(); ++node) {
    if (!node->first.isWithin(path) || node->first.parent() != path) {
      continue;
    }
    if (page.entries.size() == options.pageSize) {
      page.nextToken = page.entries.back().path.str();
      break;
    }
    page.entries.push_back(node->second.entry);
  }
  return page;
}

std::pair<Entry, Content> MemoryTree::open(const StoragePath& path) const {
  const std::lock_guard lock(mutex_);
  const Node& node = at(path);
  if (node.entry.isDirectory()) {
    fail(StorageErrc::IsADirectory, path);
  }
  return {node.entry, node.content};
}

void MemoryTree::checkTarget(const WriteTarget& target) const {
  const std::lock_guard lock(mutex_);
  requireConditions(target);
}

Entry MemoryTree::write(const WriteTarget& target, const NewFile& file) {
  const std::lock_guard lock(mutex_);
  requireConditions(target);
  addDirectories(target.path.parent());
  const auto old = nodes_.find(target.path);
  return put(target.path, file, old == nodes_.end() ? nextNumber() : old->second.entry.fileId);
}

void MemoryTree::remove(const StoragePath& path, const RemoveOptions& options) {
  const std::lock_guard lock(mutex_);
  if (path.isRoot()) {
    fail(StorageErrc::InvalidPath, path);
  }
  const Entry& entry = at(path).entry;
  if (options.ifMatch && !(entry.etag && entry.etag->matchesStrongly(*options.ifMatch))) {
    fail(StorageErrc::PreconditionFailed, path);
  }
  if (!options.recursive && hasChildren(path)) {
    fail(StorageErrc::DirectoryNotEmpty, path);
  }
  std::erase_if(nodes_, [root = path](const auto& node) { return node.first.isWithin(root); });
}

bool MemoryTree::makeDirectory(const StoragePath& path) {
  const std::lock_guard lock(mutex_);
  const auto found = nodes_.find(path);
  if (found != nodes_.end() && !found->second.entry.isDirectory()) {
    fail(StorageErrc::AlreadyExists, path);
  }
  return addDirectories(path);
}

Entry MemoryTree::copy(const StoragePath& from, const StoragePath& to, Overwrite overwrite) {
  const std::lock_guard lock(mutex_);
  const Node source = at(from);
  if (source.entry.isDirectory()) {
    fail(StorageErrc::IsADirectory, from);
  }
  requireTarget(from, to, overwrite);
  return put(to,
             {.content = source.content,
              .contentType = source.entry.contentType,
              .modifiedAt = source.entry.modifiedAt},
             nextNumber());
}

Entry MemoryTree::move(const StoragePath& from, const StoragePath& to, Overwrite overwrite) {
  const std::lock_guard lock(mutex_);
  at(from);
  if (to.isWithin(from)) {
    fail(StorageErrc::InvalidArgument, to);
  }
  requireTarget(from, to, overwrite);
  nodes_.erase(to);
  Nodes moved;
  for (auto node = nodes_.begin(); node != nodes_.end();) {
    const auto next = std::next(node);
    if (node->first.isWithin(from)) {
      auto handle = nodes_.extract(node);
      handle.key() = handle.key().rebased(from, to);
      handle.mapped().entry.path = handle.key();
      moved.insert(std::move(handle));
    }
    node = next;
  }
  nodes_.merge(moved);
  return at(to).entry;
}

std::uint64_t MemoryTree::usedBytes() const {
  const std::lock_guard lock(mutex_);
  std::uint64_t sum = 0;
  for (const auto& [path, node] : nodes_) {
    sum += node.entry.size.value_or(0);
  }
  return sum;
}

const MemoryTree::Node& MemoryTree::at(const StoragePath& path) const {
  const auto found = nodes_.find(path);
  if (found == nodes_.end()) {
    fail(StorageErrc::NotFound, path);
  }
  return found->second;
}

void MemoryTree::requireParent(const StoragePath& path) const {
  if (!at(path.parent()).entry.isDirectory()) {
    fail(StorageErrc::NotADirectory, path);
  }
}

void MemoryTree::requireTarget(const StoragePath& from, const StoragePath& to,
                               Overwrite overwrite) const {
  if (from == to) {
    fail(StorageErrc::InvalidArgument, to);
  }
  const auto target = nodes_.find(to);
  if (target != nodes_.end() &&
      (overwrite == Overwrite::Never || target->second.entry.isDirectory() ||
       at(from).entry.isDirectory())) {
    fail(StorageErrc::AlreadyExists, to);
  }
  requireParent(to);
}

void MemoryTree::requireConditions(const WriteTarget& target) const {
  if (target.path.isRoot()) {
    fail(StorageErrc::InvalidPath, target.path);
  }
  for (StoragePath parent = target.path.parent(); !parent.isRoot(); parent = parent.parent()) {
    const auto found = nodes_.find(parent);
    if (found == nodes_.end() && !target.createParents) {
      fail(StorageErrc::NotFound, parent);
    }
    if (found != nodes_.end() && !found->second.entry.isDirectory()) {
      fail(StorageErrc::NotADirectory, parent);
    }
  }
  const auto found = nodes_.find(target.path);
  if (found != nodes_.end() && target.ifAbsent) {
    fail(StorageErrc::AlreadyExists, target.path);
  }
  if (found != nodes_.end() && found->second.entry.isDirectory()) {
    fail(StorageErrc::IsADirectory, target.path);
  }
  if (target.ifMatch &&
      (found == nodes_.end() || !found->second.entry.etag->matchesStrongly(*target.ifMatch))) {
    fail(StorageErrc::PreconditionFailed, target.path);
  }
}

bool MemoryTree::addDirectories(const StoragePath& path) {
  if (const auto found = nodes_.find(path); found != nodes_.end()) {
    return false;
  }
  for (StoragePath above = path.parent(); !above.isRoot(); above = above.parent()) {
    const auto found = nodes_.find(above);
    if (found != nodes_.end() && !found->second.entry.isDirectory()) {
      fail(StorageErrc::NotADirectory, above);
    }
  }
  for (StoragePath missing = path; !nodes_.contains(missing); missing = missing.parent()) {
    nodes_[missing] = {.entry = {.path = missing,
                                 .kind = EntryKind::Directory,
                                 .modifiedAt = now(),
                                 .fileId = nextNumber()}};
  }
  return true;
}

Entry MemoryTree::put(const StoragePath& path, const NewFile& file, std::string fileId) {
  Node& node = nodes_[path];
  node.content = file.content;
  node.entry = {.path = path,
                .size = file.content->size(),
                .modifiedAt = file.modifiedAt.value_or(now()),
                .etag = ETag{.value = nextNumber()},
                .contentType = file.contentType,
                .fileId = std::move(fileId)};
  return node.entry;
}

bool MemoryTree::hasChildren(const StoragePath& path) const {
  for (const auto& [other, node] : nodes_) {
    if (other != path && other.isWithin(path)) {
      return true;
    }
  }
  return false;
}

std::string MemoryTree::nextNumber() {
  return std::to_string(++counter_);
}

}  // namespace mediadock::memory
