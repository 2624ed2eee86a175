#include "storage/caching/cached_streams.h"

#include "mediadock/storage_error.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <unistd.h>
#include <utility>
#include <vector>

namespace mediadock::storage {
namespace {

class CachedStream final : public IReadStream {
 public:
  CachedStream(cache::CachedBlob blob, Entry entry, const ByteSlice& slice)
      : blob_(std::move(blob)),
        info_{.entry = std::move(entry), .offset = slice.offset, .length = slice.length},
        length_(slice.length) {}

  const ReadInfo& info() const override { return info_; }

  std::size_t read(std::span<std::byte> buffer) override {
    const auto wanted =
        static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), length_ - given_));
    if (wanted == 0) {
      return 0;
    }
    const auto place = static_cast<off_t>(blob_.offset() + info_.offset + given_);
    const auto got = ::pread(blob_.descriptor(), buffer.data(), wanted, place);
    if (got <= 0) {
      throw StorageError({.code = StorageErrc::Internal,
                          .message = "the cache cannot be read: " +
                                     std::string(got < 0 ? std::strerror(errno) : "cut off"),
                          .retry = Retry::Safe,
                          .operation = "read",
                          .path = info_.entry.path.str()});
    }
    given_ += static_cast<std::uint64_t>(got);
    return static_cast<std::size_t>(got);
  }

  std::optional<FileRegion> file() const override {
    return FileRegion{.descriptor = blob_.descriptor(),
                      .offset = blob_.offset() + info_.offset,
                      .length = length_};
  }

 private:
  cache::CachedBlob blob_;
  ReadInfo info_;
  std::uint64_t length_;
  std::uint64_t given_ = 0;
};

class PassingStream final : public IReadStream {
 public:
  PassingStream(std::unique_ptr<IReadStream> inner, std::unique_ptr<cache::BlobWriter> writer)
      : inner_(std::move(inner)),
        writer_(std::move(writer)) {}

  const ReadInfo& info() const override { return inner_->info(); }

  std::size_t read(std::span<std::byte> buffer) override {
    const std::size_t got = inner_->read(buffer);
    given_ += got;
    if (writer_ && !writer_->write(buffer.first(got))) {
      writer_.reset();
    }
    if (writer_ && given_ == info().length) {
      writer_->commit();
      writer_.reset();
    }
    return got;
  }

 private:
  std::unique_ptr<IReadStream> inner_;
  /// Null once everything is cached, or cannot be.
  std::unique_ptr<cache::BlobWriter> writer_;
  std::uint64_t given_ = 0;
};

class MemoryStream final : public IReadStream {
 public:
  MemoryStream(std::vector<std::byte> bytes, ReadInfo info)
      : bytes_(std::move(bytes)),
        info_(std::move(info)) {}

  const ReadInfo& info() const override { return info_; }

  std::size_t read(std::span<std::byte> buffer) override {
    const std::size_t count = std::min(buffer.size(), bytes_.size() - given_);
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(given_), count, buffer.begin());
    given_ += count;
    return count;
  }

 private:
  const std::vector<std::byte> bytes_;
  const ReadInfo info_;
  std::size_t given_ = 0;
};

class InvalidatingWriteStream final : public IWriteStream {
 public:
  InvalidatingWriteStream(std::unique_ptr<IWriteStream> inner, StoragePath path,
                          std::function<void(const StoragePath&)> onChange)
      : inner_(std::move(inner)),
        path_(std::move(path)),
        onChange_(std::move(onChange)) {}

  void write(std::span<const std::byte> bytes) override { inner_->write(bytes); }

  void flush() override { inner_->flush(); }

  std::string suspend() override { return inner_->suspend(); }

  void retarget(WriteTarget target) override {
    StoragePath path = target.path;
    inner_->retarget(std::move(target));
    path_ = std::move(path);
  }

  Entry commit() override {
    onChange_(path_);
    try {
      Entry entry = inner_->commit();
      onChange_(path_);
      if (entry.path != path_) {
        onChange_(entry.path);
      }
      return entry;
    } catch (...) {
      // It may have taken effect anyway.
      onChange_(path_);
      throw;
    }
  }

  void abort() noexcept override { inner_->abort(); }

 private:
  std::unique_ptr<IWriteStream> inner_;
  StoragePath path_;
  std::function<void(const StoragePath&)> onChange_;
};

}  // namespace

std::unique_ptr<IReadStream> openCached(cache::CachedBlob blob, Entry entry,
                                        const std::optional<ByteRange>& range) {
  const ByteSlice slice = resolve(range, blob.length());
  return std::make_unique<CachedStream>(std::move(blob), std::move(entry), slice);
}

std::unique_ptr<IReadStream> keepInPassing(std::unique_ptr<IReadStream> inner,
                                           std::unique_ptr<cache::BlobWriter> writer) {
  return std::make_unique<PassingStream>(std::move(inner), std::move(writer));
}

std::unique_ptr<IReadStream> keepAtOnce(std::unique_ptr<IReadStream> inner,
                                        std::unique_ptr<cache::BlobWriter> writer) {
  std::vector<std::byte> bytes(static_cast<std::size_t>(inner->info().length.value()));
  for (std::size_t size = 0; size < bytes.size();) {
    const std::size_t got = inner->read(std::span(bytes).subspan(size));
    if (got == 0) {
      throw StorageError({.code = StorageErrc::Truncated,
                          .message = "the file ended before its length",
                          .retry = Retry::Safe,
                          .operation = "read",
                          .path = inner->info().entry.path.str()});
    }
    size += got;
  }
  if (writer->write(bytes)) {
    writer->commit();
  }
  return std::make_unique<MemoryStream>(std::move(bytes), inner->info());
}

std::unique_ptr<IWriteStream> invalidateOnCommit(std::unique_ptr<IWriteStream> inner,
                                                 StoragePath path,
                                                 std::function<void(const StoragePath&)> onChange) {
  return std::make_unique<InvalidatingWriteStream>(std::move(inner), std::move(path),
                                                   std::move(onChange));
}

}  // namespace mediadock::storage
