#include "storage/guarded_streams.h"

#include "mediadock/storage_provider.h"
#include "storage/guarded_call.h"

#include <utility>

namespace mediadock {
namespace {

class GuardedReadStream final : public IReadStream {
 public:
  GuardedReadStream(std::shared_ptr<IStorageProvider> provider, std::unique_ptr<IReadStream> stream,
                    StoragePath path)
      : provider_(std::move(provider)),
        stream_(std::move(stream)),
        path_(std::move(path)) {}

  const ReadInfo& info() const override {
    return guardedCall("info", path_, [&]() -> const ReadInfo& { return stream_->info(); });
  }

  std::size_t read(std::span<std::byte> buffer) override {
    return guardedCall("read", path_, [&] { return stream_->read(buffer); });
  }

  std::optional<std::size_t> splice(int pipe, std::size_t most) override {
    return guardedCall("splice", path_, [&] { return stream_->splice(pipe, most); });
  }

  std::optional<FileRegion> file() const override {
    return guardedCall("file", path_, [&] { return stream_->file(); });
  }

 private:
  std::shared_ptr<IStorageProvider> provider_;  // before the stream, which dies first
  std::unique_ptr<IReadStream> stream_;
  StoragePath path_;
};

class GuardedWriteStream final : public IWriteStream {
 public:
  GuardedWriteStream(std::shared_ptr<IStorageProvider> provider,
                     std::unique_ptr<IWriteStream> stream, StoragePath path)
      : provider_(std::move(provider)),
        stream_(std::move(stream)),
        path_(std::move(path)) {}

  void write(std::span<const std::byte> bytes) override {
    guardedCall("write", path_, [&] { stream_->write(bytes); });
  }

  void flush() override {
    guardedCall("flush", path_, [&] { stream_->flush(); });
  }

  std::string suspend() override {
    return guardedCall("suspend", path_, [&] { return stream_->suspend(); });
  }

  void retarget(WriteTarget target) override {
    StoragePath path = target.path;
    guardedCall("retarget", path, [&] { stream_->retarget(std::move(target)); });
    path_ = std::move(path);
  }

  Entry commit() override {
    return guardedCall("commit", path_, [&] { return stream_->commit(); });
  }

  void abort() noexcept override { stream_->abort(); }

 private:
  std::shared_ptr<IStorageProvider> provider_;  // before the stream, which dies first
  std::unique_ptr<IWriteStream> stream_;
  StoragePath path_;
};

class GuardedEntryStream final : public IEntryStream {
 public:
  GuardedEntryStream(std::shared_ptr<IStorageProvider> provider,
                     std::unique_ptr<IEntryStream> stream, StoragePath path)
      : provider_(std::move(provider)),
        stream_(std::move(stream)),
        path_(std::move(path)) {}

  bool next(std::vector<Entry>& entries, CallContext::Clock::time_point until) override {
    return guardedCall("list", path_, [&] { return stream_->next(entries, until); });
  }

  std::size_t omitted() const override {
    return guardedCall("list", path_, [&] { return stream_->omitted(); });
  }

 private:
  std::shared_ptr<IStorageProvider> provider_;  // before the stream, which dies first
  std::unique_ptr<IEntryStream> stream_;
  StoragePath path_;
};

template <typename Guarded, typename Stream>
std::unique_ptr<Stream> guard(std::shared_ptr<IStorageProvider> provider,
                              std::unique_ptr<Stream> stream, StoragePath path) {
  if (!stream) {
    throw pluginFault("open", path, "it gave no stream");
  }
  return std::make_unique<Guarded>(std::move(provider), std::move(stream), std::move(path));
}

}  // namespace

std::unique_ptr<IReadStream> guardStream(std::shared_ptr<IStorageProvider> provider,
                                         std::unique_ptr<IReadStream> stream, StoragePath path) {
  return guard<GuardedReadStream>(std::move(provider), std::move(stream), std::move(path));
}

std::unique_ptr<IWriteStream> guardStream(std::shared_ptr<IStorageProvider> provider,
                                          std::unique_ptr<IWriteStream> stream, StoragePath path) {
  return guard<GuardedWriteStream>(std::move(provider), std::move(stream), std::move(path));
}

std::unique_ptr<IEntryStream> guardStream(std::shared_ptr<IStorageProvider> provider,
                                          std::unique_ptr<IEntryStream> stream, StoragePath path) {
  return guard<GuardedEntryStream>(std::move(provider), std::move(stream), std::move(path));
}

}  // namespace mediadock
