#include "mediadock/storage_provider.h"

#include "mediadock/provider_context.h"
#include "mediadock/storage_error.h"

#include <chrono>
#include <utility>

namespace mediadock {
namespace {

[[noreturn]] void unsupported(const char* operation, const StoragePath& path = {}) {
  throw StorageError({.code = StorageErrc::Unsupported,
                      .message = std::string("this storage has no ") + operation,
                      .operation = operation,
                      .path = path.str()});
}

/// A listing put together of pages.
class PagedEntryStream final : public IEntryStream {
 public:
  PagedEntryStream(IStorageProvider& provider, StoragePath path, CallContext context)
      : provider_(provider),
        path_(std::move(path)),
        context_(std::move(context)),
        timeout_(context_.deadline == kNone ? Clock::duration::max()
                                            : context_.deadline - Clock::now()) {}

  bool next(std::vector<Entry>& entries, CallContext::Clock::time_point /*until*/) override {
    if (std::exchange(hasBegun_, true) && context_.deadline != kNone) {
      context_.deadline = Clock::now() + timeout_;
    }
    auto page = provider_.list(path_, options_, context_);
    entries = std::move(page.entries);
    requireProgress(page.nextToken);
    emptyPages_ = entries.empty() ? emptyPages_ + 1 : 0;
    options_.token = std::move(page.nextToken);
    omitted_ += page.omitted;
    return !options_.token.empty();
  }

  std::size_t omitted() const override { return omitted_; }

 private:
  using Clock = CallContext::Clock;
  static constexpr auto kNone = Clock::time_point::max();
  static constexpr std::size_t kMostTokenBytes = 65536;
  /// In a row.
  static constexpr std::size_t kMostEmptyPages = 1000;

  void requireProgress(const std::string& next) const {
    const bool isAgain = !next.empty() && next == options_.token;
    if (isAgain || next.size() > kMostTokenBytes || emptyPages_ > kMostEmptyPages) {
      throw StorageError({.code = StorageErrc::Internal,
                          .message = isAgain ? "the page's token is the one it was asked for with"
                                             : "the pages of the listing do not end",
                          .operation = "list",
                          .path = path_.str()});
    }
  }

  IStorageProvider& provider_;
  StoragePath path_;
  CallContext context_;
  Clock::duration timeout_;
  ListOptions options_;
  std::size_t omitted_ = 0;
  std::size_t emptyPages_ = 0;
  bool hasBegun_ = false;
};

}  // namespace

IEntryStream::~IEntryStream() = default;

std::size_t IEntryStream::omitted() const {
  return 0;
}

IReadStream::~IReadStream() = default;

std::optional<std::size_t> IReadStream::splice(int /*pipe*/, std::size_t /*most*/) {
  return std::nullopt;
}

std::optional<FileRegion> IReadStream::file() const {
  return std::nullopt;
}

IWriteStream::~IWriteStream() = default;

void IWriteStream::flush() {}

std::string IWriteStream::suspend() {
  unsupported("suspend");
}

void IWriteStream::retarget(WriteTarget target) {
  unsupported("retarget", target.path);
}

IStorageProvider::~IStorageProvider() = default;

std::unique_ptr<IEntryStream> IStorageProvider::openList(const StoragePath& path,
                                                         const CallContext& context) {
  return std::make_unique<PagedEntryStream>(*this, path, context);
}

std::unique_ptr<IWriteStream> IStorageProvider::resumeWrite(const std::string& /*token*/,
                                                            const WriteTarget& target,
                                                            const WriteOptions& /*options*/,
                                                            const CallContext& /*context*/) {
  unsupported("resumeWrite", target.path);
}

void IStorageProvider::dropWrite(const std::string& /*token*/, const CallContext& /*context*/) {
  unsupported("dropWrite");
}

bool IStorageProvider::makeDirectory(const StoragePath& path, const CallContext& /*context*/) {
  unsupported("makeDirectory", path);
}

Entry IStorageProvider::copy(const StoragePath& from, const StoragePath& /*to*/,
                             Overwrite /*overwrite*/, const CallContext& /*context*/) {
  unsupported("copy", from);
}

Entry IStorageProvider::move(const StoragePath& from, const StoragePath& /*to*/,
                             Overwrite /*overwrite*/, const CallContext& /*context*/) {
  unsupported("move", from);
}

std::unique_ptr<IReadStream> IStorageProvider::openPreview(const StoragePath& path,
                                                           const PreviewOptions& /*options*/,
                                                           const CallContext& /*context*/) {
  unsupported("openPreview", path);
}

Quota IStorageProvider::quota(const CallContext& /*context*/) {
  unsupported("quota");
}

ILogSink::~ILogSink() = default;

}  // namespace mediadock
