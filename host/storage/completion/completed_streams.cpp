#include "storage/completion/completed_streams.h"

#include "mediadock/storage_error.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace mediadock::storage {
namespace {

class CutStream final : public IReadStream {
 public:
  CutStream(std::unique_ptr<IReadStream> whole, const ByteSlice& slice)
      : whole_(std::move(whole)),
        info_{.entry = whole_->info().entry, .offset = slice.offset, .length = slice.length},
        left_(slice.length) {}

  const ReadInfo& info() const override { return info_; }

  std::size_t read(std::span<std::byte> buffer) override {
    const auto wanted = std::min<std::uint64_t>(buffer.size(), left_);
    if (wanted == 0) {
      return 0;
    }
    skip();
    return taken(whole_->read(buffer.first(static_cast<std::size_t>(wanted))));
  }

  std::optional<std::size_t> splice(int pipe, std::size_t most) override {
    const auto wanted = std::min<std::uint64_t>(most, left_);
    if (wanted == 0) {
      return 0;
    }
    skip();
    const auto moved = whole_->splice(pipe, static_cast<std::size_t>(wanted));
    return moved ? std::optional(taken(*moved)) : std::nullopt;
  }

  std::optional<FileRegion> file() const override {
    auto region = whole_->file();
    if (region) {
      region->offset += info_.offset;
      region->length = info_.length.value();
    }
    return region;
  }

 private:
  [[noreturn]] void failTruncated() const {
    throw StorageError({.code = StorageErrc::Truncated,
                        .message = "the file ended before its length",
                        .retry = Retry::Safe,
                        .operation = "read",
                        .path = info_.entry.path.str()});
  }

  void skip() {
    if (skipped_ == info_.offset) {
      return;
    }
    std::vector<std::byte> block(std::min<std::uint64_t>(info_.offset - skipped_, kBlockBytes));
    while (skipped_ < info_.offset) {
      const auto wanted = std::min<std::uint64_t>(info_.offset - skipped_, block.size());
      const auto got = whole_->read(std::span(block).first(static_cast<std::size_t>(wanted)));
      if (got == 0) {
        failTruncated();
      }
      skipped_ += got;
    }
  }

  std::size_t taken(std::size_t count) {
    if (count == 0) {
      failTruncated();
    }
    left_ -= count;
    return count;
  }

  static constexpr std::uint64_t kBlockBytes = 65536;

  std::unique_ptr<IReadStream> whole_;
  const ReadInfo info_;
  std::uint64_t skipped_ = 0;
  std::uint64_t left_;
};

class JudgingWriteStream final : public IWriteStream {
 public:
  JudgingWriteStream(std::unique_ptr<IWriteStream> inner, IStorageProvider& provider,
                     const Capabilities& can, WriteTarget target, const CallContext& context)
      : inner_(std::move(inner)),
        provider_(provider),
        can_(can),
        target_(std::move(target)),
        context_(context) {}

  void write(std::span<const std::byte> bytes) override { inner_->write(bytes); }

  void flush() override { inner_->flush(); }

  std::string suspend() override { return inner_->suspend(); }

  void retarget(WriteTarget target) override {
    auto known = checkable(target, can_);
    const auto before = checkable(target_, can_);
    const bool isKnown = known.path == before.path && known.ifAbsent == before.ifAbsent &&
                         known.ifMatch == before.ifMatch &&
                         known.createParents == before.createParents;
    if (!isKnown) {
      inner_->retarget(std::move(known));
    }
    target_ = std::move(target);
  }

  Entry commit() override {
    check();
    return inner_->commit();
  }

  void abort() noexcept override { inner_->abort(); }

 private:
  void check() const {
    const bool judgesAbsence = target_.ifAbsent && !can_.writeIfAbsent;
    const bool judgesVersion = target_.ifMatch && !can_.writeIfMatch;
    if (!judgesAbsence && !judgesVersion) {
      return;
    }
    const auto entry = provider_.stat(target_.path, context_.now());
    if (judgesAbsence && entry) {
      fail(StorageErrc::AlreadyExists, "the name is taken");
    }
    const bool isVersion =
        entry && entry->etag && target_.ifMatch && entry->etag->matchesStrongly(*target_.ifMatch);
    if (judgesVersion && !isVersion) {
      fail(StorageErrc::PreconditionFailed, "the file has another version");
    }
  }

  [[noreturn]] void fail(StorageErrc code, const char* message) const {
    throw StorageError(
        {.code = code, .message = message, .operation = "commit", .path = target_.path.str()});
  }

  std::unique_ptr<IWriteStream> inner_;
  IStorageProvider& provider_;
  const Capabilities can_;
  WriteTarget target_;
  const PerCallDeadline context_;
};

}  // namespace

std::unique_ptr<IReadStream> cutStream(std::unique_ptr<IReadStream> whole, const ByteRange& range) {
  const auto size = whole->info().entry.size;
  if (!size) {
    return whole;
  }
  const ByteSlice slice = resolve(range, *size);
  return std::make_unique<CutStream>(std::move(whole), slice);
}

WriteTarget checkable(WriteTarget target, const Capabilities& can) {
  target.ifAbsent = target.ifAbsent && can.writeIfAbsent;
  if (!can.writeIfMatch) {
    target.ifMatch.reset();
  }
  return target;
}

std::unique_ptr<IWriteStream> checkTarget(std::unique_ptr<IWriteStream> stream,
                                          IStorageProvider& provider, const Capabilities& can,
                                          WriteTarget target, const CallContext& context) {
  return std::make_unique<JudgingWriteStream>(std::move(stream), provider, can, std::move(target),
                                              context);
}

}  // namespace mediadock::storage
