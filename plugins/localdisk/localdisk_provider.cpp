#include "localdisk_provider.h"

#include "calls/errno_error.h"
#include "directories/directory_listing.h"
#include "directories/tree_removal.h"
#include "directories/tree_walk.h"
#include "files/atomic_file.h"
#include "files/file_copy.h"
#include "files/read_stream.h"
#include "files/write_stream.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include <utility>

namespace mediadock::localdisk {
namespace {

void removeFile(int parent, const std::string& name, const Call& call) {
  if (::unlinkat(parent, name.c_str(), 0) != 0) {
    call.failWithErrno(errno, "removing the file");
  }
}

void removeDirectory(int parent, const std::string& name, const RemoveOptions& options,
                     const Call& call) {
  if (options.recursive) {
    removeTree(parent, name, call);
  } else if (::unlinkat(parent, name.c_str(), AT_REMOVEDIR) != 0) {
    call.failWithErrno(errno, "removing the folder");
  }
}

/// Throws if the arguments of a copy or move onto `to` are invalid in themselves.
void requireDistinct(const StoragePath& from, const StoragePath& to, const Call& call) {
  requireWritable(to, call);
  if (from == to) {
    call.fail(StorageErrc::InvalidArgument, "source and target are the same");
  }
}

[[noreturn]] void failToPlace(int errorNumber, const Call& call) {
  // A directory is at the target, whatever was to be placed there.
  const bool isOccupied = errorNumber == EISDIR || errorNumber == ENOTEMPTY;
  call.failWithErrno(isOccupied ? EEXIST : errorNumber, "giving it its name");
}

/// Checks early what can be checked before the work; the rename decides.
void requireFreeTarget(const RootDirectory& root, const StoragePath& to, Overwrite overwrite,
                       const Call& call) {
  if (to.isRoot()) {
    call.fail(StorageErrc::AlreadyExists, "the root stands there");
  }
  const auto parent = root.openDirectory(to.parent(), call);
  const auto standing = statusAt(parent.get(), std::string(to.name()), call);
  if (standing && (overwrite == Overwrite::Never || standing->kind != FileKind::File)) {
    call.fail(StorageErrc::AlreadyExists, "something stands there");
  }
}

/// Refuses to move a directory if paths below it would become too long to be accessed.
void requireReachable(int parent, const StoragePath& from, const StoragePath& to,
                      const Call& call) {
  const auto longest = longestPathBelow(parent, std::string(from.name()), call);
  if (longest > 0 && to.str().size() + 1 + longest > kMaxKernelPathBytes) {
    call.fail(StorageErrc::InvalidPath,
              "a path in the folder would be longer there than the system allows");
  }
}

Existing toExisting(Overwrite overwrite) noexcept {
  return overwrite == Overwrite::Never ? Existing::Keep : Existing::Replace;
}

}  // namespace

LocalDiskProvider::LocalDiskProvider(std::filesystem::path root, ILogSink& log)
    : rootPath_(std::move(root)) {
  try {
    this->root(begin("open", {}, {}));
  } catch (const StorageError& error) {
    log.log(LogLevel::Warning, error.what());
  }
}

Capabilities LocalDiskProvider::capabilities() const {
  Capabilities able{.rangeRead = true,
                    .conditionalRead = true,
                    .etag = true,
                    .fileId = true,
                    .writeUnknownSize = true,
                    .writeIfAbsent = true,
                    .writeIfMatch = true,
                    .writeRetarget = true,
                    .writeModifiedAt = true,
                    .writeResume = true,
                    .removeRecursive = true,
                    .removeIfMatch = true,
                    .makeDirectory = true,
                    .copy = true,
                    .move = true,
                    .quota = true,
                    .localFiles = true,
                    .listSorted = true,
                    .maxNameBytes = StoragePath::kMaxNameBytes,
                    .maxPathBytes = kMaxKernelPathBytes,
                    .modifiedAtPrecision = std::chrono::microseconds(1)};
  const std::lock_guard lock(rootMutex_);
  if (root_) {
    able.caseSensitive = root_->isCaseSensitive();
    able.maxNameBytes = root_->maxNameBytes();
  }
  return able;
}

void LocalDiskProvider::check(const CallContext& context) {
  const auto call = begin("check", {}, context);
  {
    // The folder may have been replaced since, for example by a mount.
    const std::lock_guard lock(rootMutex_);
    if (root_ && !root_->isStillThere()) {
      root_.reset();
    }
  }
  const auto folder = root(call);
  if (::faccessat(folder->descriptor(), ".", R_OK | W_OK | X_OK, AT_EACCESS) != 0) {
    call.failWithErrno(errno, "reading and writing in the root folder " + rootPath_.string());
  }
}

std::optional<Entry> LocalDiskProvider::stat(const StoragePath& path, const CallContext& context) {
  const auto call = begin("stat", path, context);
  const auto status = root(call)->status(path, call);
  return status ? std::optional(toEntry(path, *status)) : std::nullopt;
}

ListPage LocalDiskProvider::list(const StoragePath& path, const ListOptions& options,
                                 const CallContext& context) {
  const auto call = begin("list", path, context);
  return listDirectory(*root(call), path, options, call);
}

std::unique_ptr<IEntryStream> LocalDiskProvider::openList(const StoragePath& path,
                                                          const CallContext& context) {
  const auto call = begin("list", path, context);
  return openDirectory(*root(call), path, call);
}

std::unique_ptr<IReadStream> LocalDiskProvider::openRead(const StoragePath& path,
                                                         const ReadOptions& options,
                                                         const CallContext& context) {
  const auto call = begin("openRead", path, context);
  return openReadStream(*root(call), path, options, call);
}

std::unique_ptr<IWriteStream> LocalDiskProvider::openWrite(const WriteTarget& target,
                                                           const WriteOptions& options,
                                                           const CallContext& context) {
  const auto call = begin("openWrite", target.path, context);
  return openWriteStream(root(call), locks_, target, options, call);
}

std::unique_ptr<IWriteStream> LocalDiskProvider::resumeWrite(const std::string& token,
                                                             const WriteTarget& target,
                                                             const WriteOptions& options,
                                                             const CallContext& context) {
  const auto call = begin("resumeWrite", target.path, context);
  return resumeWriteStream(root(call), locks_, token, target, options, call);
}

void LocalDiskProvider::dropWrite(const std::string& token, const CallContext& context) {
  const auto call = begin("dropWrite", {}, context);
  dropSuspended(*root(call), token, call);
}

void LocalDiskProvider::remove(const StoragePath& path, const RemoveOptions& options,
                               const CallContext& context) {
  const auto call = begin("remove", path, context);
  if (path.isRoot()) {
    call.fail(StorageErrc::InvalidPath, "the root cannot be removed");
  }
  const auto folder = root(call);
  const auto parent = folder->open(path.parent(), O_RDONLY | O_DIRECTORY);
  if (!parent && !saysAbsent(errno)) {
    call.failWithErrno(errno, "opening the parent folder");
  }
  auto lock = locks_.lock(path);
  const std::string name(path.name());
  const auto status =
      parent && !isReserved(path) ? statusAt(parent.get(), name, call) : std::nullopt;
  if (!status || status->kind == FileKind::Other) {
    call.fail(StorageErrc::NotFound, "nothing stands there");
  }
  const bool isFile = status->kind == FileKind::File;
  if (options.ifMatch && !(isFile && options.ifMatch->matchesStrongly(etagOf(*status)))) {
    call.fail(StorageErrc::PreconditionFailed, "it is another version");
  }
  if (isFile) {
    removeFile(parent.get(), name, call);
  } else {
    // May take long, and its parts have other locks anyway.
    lock.unlock();
    removeDirectory(parent.get(), name, options, call);
  }
  syncDirectory(parent.get(), call);
}

bool LocalDiskProvider::makeDirectory(const StoragePath& path, const CallContext& context) {
  const auto call = begin("makeDirectory", path, context);
  const auto folder = root(call);
  requireWritable(path, call);
  if (path.isRoot()) {
    return false;
  }
  const std::string name(path.name());
  while (true) {
    call.checkpoint();
    const auto parent = folder->makeDirectories(path.parent(), call);
    if (::mkdirat(parent.get(), name.c_str(), 0777) == 0) {
      syncDirectory(parent.get(), call);
      return true;
    }
    const int error = errno;
    const auto standing = statusAt(parent.get(), name, call);
    if (error == EEXIST && standing && standing->kind == FileKind::Directory) {
      return false;
    }
    // Otherwise it, or its parent, was removed meanwhile.
    if ((error != EEXIST && error != ENOENT) || standing) {
      call.failWithErrno(error, "making the folder");
    }
  }
}

Entry LocalDiskProvider::copy(const StoragePath& from, const StoragePath& to, Overwrite overwrite,
                              const CallContext& context) {
  const auto call = begin("copy", from, context);
  const auto folder = root(call);
  requireDistinct(from, to, call);
  const auto source = openFile(*folder, from, call);
  const auto status = statusOf(source.get(), call);
  requireFreeTarget(*folder, to, overwrite, call);

  AtomicFile file(folder, call);
  file.requireRoom(status.size, call);
  copyContent(source.get(), status.size, file, call);
  file.setModifiedAt(toEntry(from, status).modifiedAt, call);
  file.sync(call);

  const auto parent = folder->openDirectory(to.parent(), call);
  {
    const auto lock = locks_.lock(to);
    if (!file.publish(parent.get(), std::string(to.name()), toExisting(overwrite), call)) {
      failToPlace(errno, call);
    }
  }
  syncDirectory(parent.get(), call);
  return toEntry(to, statusOf(file.descriptor(), call));
}

Entry LocalDiskProvider::move(const StoragePath& from, const StoragePath& to, Overwrite overwrite,
                              const CallContext& context) {
  const auto call = begin("move", from, context);
  const auto folder = root(call);
  requireWritable(from, call);
  requireDistinct(from, to, call);
  if (to.isWithin(from)) {
    call.fail(StorageErrc::InvalidArgument, "the target lies within the source");
  }
  const auto source = folder->open(from, O_PATH);
  const auto status = source ? statusOf(source.get(), call) : FileStatus();
  if (status.kind == FileKind::Other) {
    call.failWithErrno(source || saysAbsent(errno) ? ENOENT : errno, "looking at the source");
  }
  requireFreeTarget(*folder, to, overwrite, call);
  const bool isFile = status.kind == FileKind::File;
  if (!isFile && folder->status(to, call)) {
    call.fail(StorageErrc::AlreadyExists, "a folder replaces nothing");
  }

  const auto oldParent = folder->openDirectory(from.parent(), call);
  const auto newParent = folder->openDirectory(to.parent(), call);
  if (!isFile && to.str().size() > from.str().size()) {
    requireReachable(oldParent.get(), from, to, call);
  }
  const auto existing = isFile ? toExisting(overwrite) : Existing::Keep;
  {
    const auto locks = locks_.lockBoth(from, to);
    if (!renameEntry(oldParent.get(), std::string(from.name()), newParent.get(),
                     std::string(to.name()), existing, call)) {
      failToPlace(errno, call);
    }
  }
  syncDirectory(newParent.get(), call);
  syncDirectory(oldParent.get(), call);
  return toEntry(to, statusOf(source.get(), call));
}

Quota LocalDiskProvider::quota(const CallContext& context) {
  const auto call = begin("quota", {}, context);

  struct statvfs space {};

  if (::fstatvfs(root(call)->descriptor(), &space) != 0) {
    call.failWithErrno(errno, "asking for the free space");
  }
  return {.used = (space.f_blocks - space.f_bfree) * space.f_frsize,
          .available = space.f_bavail * space.f_frsize};
}

void LocalDiskProvider::shutdown() noexcept {
  shutdown_.request_stop();
}

Call LocalDiskProvider::begin(const char* operation, const StoragePath& path,
                              const CallContext& context) const {
  Call call(operation, path, context, shutdown_.get_token());
  call.checkpoint();
  return call;
}

std::shared_ptr<const RootDirectory> LocalDiskProvider::root(const Call& call) {
  const std::lock_guard lock(rootMutex_);
  if (!root_) {
    root_ = std::make_shared<const RootDirectory>(rootPath_, call);
  }
  return root_;
}

}  // namespace mediadock::localdisk
