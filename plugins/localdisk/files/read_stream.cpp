#include "files/read_stream.h"

#include "calls/errno_error.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace mediadock::localdisk {
namespace {

/// Reads a region of an open file by position. An overwrite gives the name to another file, so the
/// reader keeps the version it opened.
class LocalReadStream final : public IReadStream {
 public:
  LocalReadStream(UniqueDescriptor file, ReadInfo info, const Call& call)
      : file_(std::move(file)),
        info_(std::move(info)),
        length_(info_.length.value()),
        call_(call.streamStep("read")) {}

  const ReadInfo& info() const override { return info_; }

  std::size_t read(std::span<std::byte> buffer) override {
    call_.checkpoint();
    if (given_ == length_) {
      return 0;
    }
    if (buffer.empty()) {
      call_.fail(StorageErrc::InvalidArgument, "the buffer is empty");
    }
    const auto wanted = std::min<std::uint64_t>(buffer.size(), length_ - given_);
    const auto position = static_cast<off_t>(info_.offset + given_);
    const auto got =
        uninterrupted([&] { return ::pread(file_.get(), buffer.data(), wanted, position); });
    if (got < 0) {
      call_.failWithErrno(errno, "reading");
    }
    if (got == 0) {
      call_.fail(StorageErrc::Truncated, "the file was cut while it was read");
    }
    given_ += static_cast<std::uint64_t>(got);
    return static_cast<std::size_t>(got);
  }

  std::optional<FileRegion> file() const override {
    return FileRegion{file_.get(), info_.offset, length_};
  }

 private:
  UniqueDescriptor file_;
  ReadInfo info_;
  std::uint64_t length_;
  Call call_;
  std::uint64_t given_ = 0;
};

void checkConditions(const ReadOptions& options, const ETag& etag, const Call& call) {
  if (options.ifMatch && !options.ifMatch->matchesStrongly(etag)) {
    call.fail(StorageErrc::PreconditionFailed, "it is another version, " + etag.str());
  }
  if (options.ifNoneMatch && options.ifNoneMatch->matchesWeakly(etag)) {
    call.fail(StorageErrc::NotModified, "it is still the version " + etag.str());
  }
}

}  // namespace

UniqueDescriptor openFile(const RootDirectory& root, const StoragePath& path, const Call& call) {
  // Checked before opening, because opening a pipe or a device already affects its other end.
  const auto status = root.status(path, call);
  if (!status) {
    call.fail(StorageErrc::NotFound, "there is no such file");
  }
  auto file = status->kind == FileKind::File ? root.open(path, O_RDONLY) : UniqueDescriptor();
  if (status->kind == FileKind::File && !file) {
    call.failWithErrno(saysAbsent(errno) ? ENOENT : errno, "opening the file");
  }
  // Checked again, as another file may have taken the name.
  const auto kind = file ? statusOf(file.get(), call).kind : status->kind;
  if (kind == FileKind::Directory) {
    call.fail(StorageErrc::IsADirectory, "it is a folder");
  }
  if (kind == FileKind::Other) {
    call.fail(StorageErrc::NotFound, "there is no such file");
  }
  return file;
}

std::unique_ptr<IReadStream> openReadStream(const RootDirectory& root, const StoragePath& path,
                                            const ReadOptions& options, const Call& call) {
  auto file = openFile(root, path, call);
  const auto status = statusOf(file.get(), call);
  checkConditions(options, etagOf(status), call);
  const ByteSlice slice = resolve(options.range, status.size);
  ReadInfo info{.entry = toEntry(path, status), .offset = slice.offset, .length = slice.length};
  return std::make_unique<LocalReadStream>(std::move(file), std::move(info), call);
}

}  // namespace mediadock::localdisk
