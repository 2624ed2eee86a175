#include "files/write_stream.h"

#include "calls/errno_error.h"
#include "files/atomic_file.h"
#include "files/write_token.h"

#include <cerrno>
#include <fcntl.h>
#include <string>
#include <utility>

namespace mediadock::localdisk {
namespace {

/// How often a parent may be removed between its creation and the rename into it.
constexpr int kPublishAttempts = 100;

/// Checks the target before a write begins. Not final: the commit checks again.
void inspectParent(const RootDirectory& root, const WriteTarget& target, const Call& call) {
  if (root.open(target.path.parent(), O_PATH | O_DIRECTORY)) {
    return;
  }
  if (errno != ENOENT || !target.createParents) {
    call.failWithErrno(errno, "looking at the parent folder");
  }
}

void inspectTarget(const RootDirectory& root, const WriteTarget& target, const Call& call) {
  if (target.path.isRoot()) {
    call.fail(StorageErrc::InvalidPath, "the root is no file");
  }
  requireWritable(target.path, call);
  if (target.ifAbsent && target.ifMatch) {
    call.fail(StorageErrc::InvalidArgument, "ifAbsent and ifMatch exclude each other");
  }
  inspectParent(root, target, call);
  const auto found = root.open(target.path, O_PATH);
  if (!found && !saysAbsent(errno)) {
    call.failWithErrno(errno, "looking at the target");
  }
  if (found && !target.ifAbsent && statusOf(found.get(), call).kind == FileKind::Directory) {
    call.fail(StorageErrc::IsADirectory, "a folder stands there");
  }
}

WriteToken requireToken(const std::string& text, const Call& call) {
  auto token = parseWriteToken(text);
  if (!token) {
    call.fail(StorageErrc::InvalidArgument, "the token is not one of this storage");
  }
  return *std::move(token);
}

class LocalWriteStream final : public IWriteStream {
 public:
  LocalWriteStream(std::shared_ptr<const RootDirectory> root, PathLocks& locks, WriteTarget target,
                   WriteOptions options, const Call& call)
      : root_(root),
        locks_(locks),
        target_(std::move(target)),
        options_(std::move(options)),
        call_(call),
        file_(std::move(root), call) {
    if (options_.size) {
      file_.requireRoom(*options_.size, call);
    }
    // Rejects an invalid time before any data arrives; the commit sets the time again.
    file_.setModifiedAt(options_.modifiedAt, call);
  }

  /// Resumes a suspended file at `offset`.
  LocalWriteStream(std::shared_ptr<const RootDirectory> root, PathLocks& locks, WriteTarget target,
                   WriteOptions options, TempFolder::File suspended, std::uint64_t offset,
                   const Call& call)
      : root_(root),
        locks_(locks),
        target_(std::move(target)),
        options_(std::move(options)),
        call_(call),
        file_(std::move(root), std::move(suspended), offset, call),
        written_(offset) {}

  void write(std::span<const std::byte> bytes) override;
  std::string suspend() override;
  void retarget(WriteTarget target) override;
  Entry commit() override;
  void abort() noexcept override;

 private:
  enum class State { Open, Failed, Done };
  enum class Published { Yes, SomethingIsThere, VersionDiffers };

  void requireOpen(const Call& call) const;
  Published publish(const Call& call);
  UniqueDescriptor openParent(const Call& call) const;
  bool isExpectedVersion(int parent, const std::string& name, const Call& call) const;

  std::shared_ptr<const RootDirectory> root_;
  PathLocks& locks_;
  WriteTarget target_;
  WriteOptions options_;
  Call call_;
  AtomicFile file_;
  std::uint64_t written_ = 0;
  State state_ = State::Open;
};

void LocalWriteStream::requireOpen(const Call& call) const {
  if (state_ != State::Open) {
    call.fail(StorageErrc::InvalidArgument, state_ == State::Done
                                                ? "the stream was committed or aborted"
                                                : "after a failure the stream can only be aborted");
  }
}

void LocalWriteStream::write(std::span<const std::byte> bytes) {
  const auto call = call_.streamStep("write");
  requireOpen(call);
  state_ = State::Failed;
  if (options_.size && bytes.size() > *options_.size - written_) {
    call.fail(StorageErrc::InvalidArgument,
              "more than the announced " + std::to_string(*options_.size) + " bytes");
  }
  file_.append(bytes, call);
  written_ += bytes.size();
  state_ = State::Open;
}

std::string LocalWriteStream::suspend() {
  const auto call = call_.streamStep("suspend");
  requireOpen(call);
  state_ = State::Failed;
  call.checkpoint();
  // The sweep uses this time to tell how long the file has been unused.
  file_.setModifiedAt(std::nullopt, call);
  file_.sync(call);
  auto token = makeWriteToken({.file = file_.keep(written_, call), .offset = written_});
  state_ = State::Open;
  return token;
}

void LocalWriteStream::retarget(WriteTarget target) {
  const auto call = call_.streamStep("retarget").onPath(target.path);
  requireOpen(call);
  call.checkpoint();
  inspectTarget(*root_, target, call);
  target_ = std::move(target);
}

Entry LocalWriteStream::commit() {
  const auto call = call_.streamStep("commit").onPath(target_.path);
  requireOpen(call);
  state_ = State::Failed;
  call.checkpoint();
  if (options_.size && written_ < *options_.size) {
    call.fail(StorageErrc::Truncated, "only " + std::to_string(written_) + " of " +
                                          std::to_string(*options_.size) + " bytes came");
  }
  file_.setModifiedAt(options_.modifiedAt, call);
  file_.sync(call);
  const auto published = publish(call);
  if (published == Published::Yes) {
    state_ = State::Done;
    return toEntry(target_.path, statusOf(file_.descriptor(), call));
  }
  state_ = State::Open;
  if (published == Published::SomethingIsThere) {
    call.fail(StorageErrc::AlreadyExists, "something stands there");
  }
  call.fail(StorageErrc::PreconditionFailed, "another version, or nothing, stands there");
}

void LocalWriteStream::abort() noexcept {
  file_.discard();
  state_ = State::Done;
}

LocalWriteStream::Published LocalWriteStream::publish(const Call& call) {
  const std::string name(target_.path.name());
  const auto existing = target_.ifAbsent ? Existing::Keep : Existing::Replace;
  for (int attempt = 0; attempt < kPublishAttempts; ++attempt) {
    auto lock = locks_.lock(target_.path);
    const auto parent = openParent(call);
    if (!parent || (target_.ifMatch && !isExpectedVersion(parent.get(), name, call))) {
      return Published::VersionDiffers;
    }
    const auto current = statusAt(parent.get(), name, call);
    if (current && current->kind == FileKind::Other && !target_.ifAbsent) {
      call.fail(StorageErrc::Conflict, "something that is neither file nor folder stands there");
    }
    if (file_.publish(parent.get(), name, existing, call)) {
      lock.unlock();
      syncDirectory(parent.get(), call);
      return Published::Yes;
    }
    if (errno == EEXIST && target_.ifAbsent) {
      return Published::SomethingIsThere;
    }
    if (errno != ENOENT || !target_.createParents) {
      call.failWithErrno(errno, "giving the file its name");
    }
  }
  call.fail(StorageErrc::Conflict, "the parent folder is removed as fast as it is made");
}

/// Empty if the parent is missing and `ifMatch` is set.
UniqueDescriptor LocalWriteStream::openParent(const Call& call) const {
  const auto parent = target_.path.parent();
  if (target_.ifMatch) {
    auto found = root_->open(parent, O_RDONLY | O_DIRECTORY);
    return found || saysAbsent(errno) ? std::move(found) : root_->openDirectory(parent, call);
  }
  return target_.createParents ? root_->makeDirectories(parent, call)
                               : root_->openDirectory(parent, call);
}

bool LocalWriteStream::isExpectedVersion(int parent, const std::string& name,
                                         const Call& call) const {
  const auto current = statusAt(parent, name, call);
  return current && current->kind == FileKind::File &&
         target_.ifMatch->matchesStrongly(etagOf(*current));
}

}  // namespace

std::unique_ptr<IWriteStream> openWriteStream(std::shared_ptr<const RootDirectory> root,
                                              PathLocks& locks, const WriteTarget& target,
                                              const WriteOptions& options, const Call& call) {
  inspectTarget(*root, target, call);
  return std::make_unique<LocalWriteStream>(std::move(root), locks, target, options, call);
}

std::unique_ptr<IWriteStream> resumeWriteStream(std::shared_ptr<const RootDirectory> root,
                                                PathLocks& locks, const std::string& token,
                                                const WriteTarget& target,
                                                const WriteOptions& options, const Call& call) {
  const auto [name, offset] = requireToken(token, call);
  if (options.size && offset > *options.size) {
    call.fail(StorageErrc::InvalidArgument, "more was written than is announced");
  }
  inspectTarget(*root, target, call);
  auto suspended = root->tempFolder().reopen(name, call);
  if (!suspended || statusOf(suspended->descriptor.get(), call).size < offset) {
    call.fail(StorageErrc::NotFound, "what was written is gone");
  }
  return std::make_unique<LocalWriteStream>(std::move(root), locks, target, options,
                                            *std::move(suspended), offset, call);
}

void dropSuspended(const RootDirectory& root, const std::string& token, const Call& call) {
  const auto name = requireToken(token, call).file;
  if (root.tempFolder().reopen(name, call)) {
    root.tempFolder().remove(name);
  }
}

}  // namespace mediadock::localdisk
