#include "support/scripted_nextcloud/dav_tree.h"

#include "support/scripted_nextcloud/dav_error.h"
#include "support/scripted_nextcloud/names.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>

namespace mediadock::scripted {

namespace fs = std::filesystem;

namespace {

/// PHP takes the body in such blocks; a piece of one that is cut off never reaches the disk.
constexpr std::uint64_t kPhpBlock = 8192;

FileDescriptor openFile(const fs::path& path, int flags) {
  FileDescriptor file(::open(path.c_str(), flags | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (file.get() < 0) {
    throw std::system_error(errno, std::generic_category(), path.string());
  }
  return file;
}

void listInto(std::vector<std::pair<std::string, const DavNode*>>& found, const std::string& path,
              const DavNode& node, unsigned depth) {
  found.emplace_back(path, &node);
  if (depth == 0) {
    return;
  }
  for (const auto& [name, child] : node.children) {
    listInto(found, path.empty() ? name : path + "/" + name, *child, depth - 1);
  }
}

}  // namespace

DavTree::Writing::Writing(DavTree& tree, std::string path, bool isNew, fs::path blob,
                          LockTable::Lock lock)
    : tree_(tree),
      path_(std::move(path)),
      isNew_(isNew),
      blob_(std::move(blob)),
      lock_(std::move(lock)),
      file_(openFile(blob_, O_RDWR | O_CREAT | O_TRUNC)) {}

DavTree::Writing::~Writing() {
  if (isCommitted_) {
    return;
  }
  std::error_code ignored;
  if (isNew_) {
    fs::remove(blob_, ignored);
  } else if (const std::uint64_t size = fs::file_size(blob_, ignored); !ignored) {
    fs::resize_file(blob_, size - size % kPhpBlock, ignored);
  }
}

NodeInfo DavTree::Writing::commit(const WriteFacts& facts) {
  NodeInfo info = tree_.publish(path_, blob_, isNew_, facts);
  isCommitted_ = true;
  return info;
}

DavTree::DavTree(fs::path folder, NodeNumbers& numbers)
    : folder_(std::move(folder)),
      numbers_(numbers) {
  root_.isFolder = true;
  root_.fileId = numbers_.nextFileId();
  root_.modified = std::time(nullptr);
  root_.etag = numbers_.nextFolderEtag();
}

DavTree::~DavTree() = default;

void DavTree::setQuota(std::optional<std::uint64_t> bytes) {
  const std::lock_guard guard(mutex_);
  quota_ = bytes;
}

std::optional<std::uint64_t> DavTree::available() const {
  const std::lock_guard guard(mutex_);
  return availableLocked();
}

void DavTree::permitOnlyUpdates(const std::string& folder) {
  const std::lock_guard guard(mutex_);
  updateOnly_.push_back(folder);
}

void DavTree::checkPermitted(const std::string& path) const {
  const std::lock_guard guard(mutex_);
  if (isUpdateOnly(parentOf(path))) {
    throw forbidden("");
  }
}

NodeInfo DavTree::stat(const std::string& path) const {
  const std::lock_guard guard(mutex_);
  return describe(path, getNode(path));
}

std::optional<NodeInfo> DavTree::find(const std::string& path) const {
  const std::lock_guard guard(mutex_);
  const DavNode* const node = findNode(path);
  return node == nullptr ? std::nullopt : std::optional(describe(path, *node));
}

std::vector<NodeInfo> DavTree::list(const std::string& path, unsigned depth) const {
  const std::lock_guard guard(mutex_);
  std::vector<std::pair<std::string, const DavNode*>> found;
  listInto(found, path, getNode(path), depth);
  std::vector<NodeInfo> infos;
  infos.reserve(found.size());
  for (const auto& [nodePath, node] : found) {
    infos.push_back(describe(nodePath, *node));
  }
  return infos;
}

NodeInfo DavTree::makeFolder(const std::string& path) {
  checkName(path);
  const std::lock_guard guard(mutex_);
  if (findNode(path) != nullptr) {
    throw alreadyExists();
  }
  if (!isFolder(findNode(parentOf(path)))) {
    throw conflict("Parent node does not exist");
  }
  if (availableLocked() == 0U) {
    throw insufficientSpace(path, 1, 0);
  }
  return describe(path, addFolder(path));
}

void DavTree::makeFolders(const std::string& path) {
  if (path.empty() || find(path)) {
    return;
  }
  makeFolders(parentOf(path));
  makeFolder(path);
}

void DavTree::remove(const std::string& path) {
  const std::lock_guard guard(mutex_);
  const DavNode& node = getNode(path);
  if (path.empty()) {
    throw forbidden("The root cannot be deleted");
  }
  if (const auto locked = locks_.findWithin(path)) {
    throw fileLocked(*locked);
  }
  removeBlobs(node);
  getParent(path).children.erase(nameOf(path));
  touchFolders(parentOf(path));
}

DavTree::Reading DavTree::openForReading(const std::string& path) {
  const std::lock_guard guard(mutex_);
  DavNode& node = getNode(path);
  if (node.isFolder) {
    return {.info = describe(path, node)};
  }
  LockTable::Lock lock = locks_.tryShared(path);
  if (!lock) {
    throw fileLocked(path);
  }
  auto file = std::make_shared<const FileDescriptor>(openFile(node.blob, O_RDONLY));
  // After an overwrite that was cut off, opening the file is what makes the server notice.
  if (const std::uint64_t size = fs::file_size(node.blob); size != node.size) {
    node.size = size;
    node.modified = std::time(nullptr);
    node.etag = computeEtag(node);
    touchFolders(parentOf(path));
  }
  return {.info = describe(path, node), .file = std::move(file), .lock = std::move(lock)};
}

std::unique_ptr<DavTree::Writing> DavTree::openForWriting(const std::string& path,
                                                          std::uint64_t required) {
  checkName(path);
  const std::lock_guard guard(mutex_);
  const DavNode* const existing = findNode(path);
  if (existing != nullptr && existing->isFolder) {
    throw conflict("PUT is not allowed on non-files.");
  }
  if (existing == nullptr && !isFolder(findNode(parentOf(path)))) {
    throw notFound(parentOf(path));
  }
  checkSpaceLocked(path, required);
  LockTable::Lock lock = lockForWritingLocked(path);
  return std::make_unique<Writing>(*this, path, existing == nullptr,
                                   existing == nullptr ? newBlob() : existing->blob,
                                   std::move(lock));
}

LockTable::Lock DavTree::lockForWriting(const std::string& path) {
  const std::lock_guard guard(mutex_);
  return lockForWritingLocked(path);
}

void DavTree::checkSpace(const std::string& path, std::uint64_t required) const {
  const std::lock_guard guard(mutex_);
  checkSpaceLocked(path, required);
}

LockTable::Lock DavTree::lockForWritingLocked(const std::string& path) {
  const std::string locked = findNode(path) != nullptr ? path : path + ".upload.part";
  LockTable::Lock lock = locks_.tryExclusive(locked);
  if (!lock) {
    throw fileLocked(locked);
  }
  return lock;
}

DavNode* DavTree::findNode(const std::string& path) const {
  auto* node = const_cast<DavNode*>(&root_);
  for (std::size_t start = 0; start < path.size() && node != nullptr;) {
    const std::size_t stop = std::min(path.find('/', start), path.size());
    const auto child = node->children.find(path.substr(start, stop - start));
    node = child == node->children.end() ? nullptr : child->second.get();
    start = stop + 1;
  }
  return node;
}

DavNode& DavTree::getNode(const std::string& path) const {
  if (DavNode* const node = findNode(path)) {
    return *node;
  }
  throw notFound(path);
}

DavNode& DavTree::getParent(const std::string& path) const {
  return getNode(parentOf(path));
}

std::optional<std::uint64_t> DavTree::availableLocked() const {
  if (!quota_) {
    return std::nullopt;
  }
  const std::uint64_t used = totalSize(root_);
  return *quota_ > used ? *quota_ - used : 0;
}

void DavTree::checkSpaceLocked(const std::string& path, std::uint64_t required) const {
  const std::optional<std::uint64_t> free = availableLocked();
  if (free && required > *free) {
    throw insufficientSpace(path, required, *free);
  }
}

DavNode& DavTree::addFolder(const std::string& path) {
  auto folder = std::make_unique<DavNode>();
  folder->fileId = numbers_.nextFileId();
  folder->isFolder = true;
  DavNode& added = *(getParent(path).children[nameOf(path)] = std::move(folder));
  touchFolders(path);
  return added;
}

fs::path DavTree::newBlob() {
  return folder_ / ("blob-" + std::to_string(blobs_++));
}

NodeInfo DavTree::publish(const std::string& path, const fs::path& blob, bool isNew,
                          const WriteFacts& facts) {
  const std::lock_guard guard(mutex_);
  if (isNew) {
    if (!isFolder(findNode(parentOf(path)))) {
      throw notFound(parentOf(path));
    }
    auto file = std::make_unique<DavNode>();
    file->fileId = numbers_.nextFileId();
    file->blob = blob;
    getParent(path).children[nameOf(path)] = std::move(file);
  }
  DavNode& node = getNode(path);
  node.size = fs::file_size(blob);
  node.uploaded = std::time(nullptr);
  node.modified = facts.modified.value_or(node.uploaded);
  node.created = facts.created.value_or(node.created);
  node.checksum = facts.checksum;
  node.etag = computeEtag(node);
  touchFolders(parentOf(path));
  return describe(path, node);
}

void DavTree::touchFolders(const std::string& path) {
  const std::string etag = numbers_.nextFolderEtag();
  const std::time_t now = std::time(nullptr);
  for (std::string folder = path;; folder = parentOf(folder)) {
    DavNode& node = getNode(folder);
    node.etag = etag;
    node.modified = now;
    if (folder.empty()) {
      return;
    }
  }
}

bool DavTree::isUpdateOnly(const std::string& path) const {
  return std::ranges::any_of(updateOnly_,
                             [&](const std::string& folder) { return isWithin(path, folder); });
}

NodeInfo DavTree::describe(const std::string& path, const DavNode& node) const {
  NodeInfo info{.path = path,
                .fileId = node.fileId,
                .isFolder = node.isFolder,
                .size = totalSize(node),
                .modified = node.modified,
                .created = node.created,
                .uploaded = node.uploaded,
                .etag = node.etag,
                .checksum = node.checksum,
                .isUpdateOnly = isUpdateOnly(path)};
  for (const auto& [name, child] : node.children) {
    ++(child->isFolder ? info.folders : info.files);
  }
  return info;
}

}  // namespace mediadock::scripted
