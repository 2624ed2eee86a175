#include "response_stream.h"

#include "mediadock/storage_error.h"
#include "read_range.h"
#include "status_error.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace mediadock {
namespace {

/// More is not read and thrown away to reach a range that the server ignored.
constexpr std::uint64_t kMaxSkipBytes = std::uint64_t{64} << 20U;

class ResponseStream final : public IReadStream {
 public:
  ResponseStream(std::optional<DavResponse> response, ReadInfo info,
                 std::unique_ptr<CallLimits> limits)
      : limits_(std::move(limits)),
        response_(std::move(response)),
        info_(std::move(info)),
        left_(info_.length.value()) {}

  const ReadInfo& info() const override { return info_; }

  std::size_t read(std::span<std::byte> buffer) override {
    limits_->check();
    if (buffer.empty()) {
      return 0;
    }
    if (left_ == 0) {
      verifyEnd();
      return 0;
    }
    const auto most = static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), left_));
    return countOff(response_->read(buffer.first(most), *limits_));
  }

  std::optional<std::size_t> splice(int pipe, std::size_t most) override {
    limits_->check();
    if (left_ == 0) {
      return std::nullopt;
    }
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(most, left_));
    const auto moved = response_->splice(pipe, wanted, *limits_);
    return moved ? std::optional(countOff(*moved)) : std::nullopt;
  }

  /// Reads and drops what comes before a range that the server ignored; then a tail is left, too.
  void skip(std::uint64_t count) {
    std::array<std::byte, 16384> block{};
    hasTail_ = true;
    while (count > 0) {
      const auto most = static_cast<std::size_t>(std::min<std::uint64_t>(block.size(), count));
      const auto got = response_->read(std::span(block).first(most), *limits_);
      if (got == 0) {
        throw StorageError(StorageErrc::Truncated, "the storage ended the file early");
      }
      count -= got;
    }
  }

 private:
  std::size_t countOff(std::size_t received) {
    if (received == 0) {
      throw StorageError({.code = StorageErrc::Truncated,
                          .message = "the storage ended the file early",
                          .retry = Retry::Safe,
                          .operation = "read",
                          .path = info_.entry.path.str()});
    }
    left_ -= received;
    if (left_ == 0) {
      verifyEnd();
    }
    return received;
  }

  /// The end of what was promised has to be the end of what was sent. Then the connection is free.
  void verifyEnd() {
    std::array<std::byte, 1> extra{};
    if (response_ && !hasTail_ && response_->read(extra, *limits_) > 0) {
      throw StorageError({.code = StorageErrc::Protocol,
                          .message = "the storage sends more than the file has",
                          .operation = "read",
                          .path = info_.entry.path.str()});
    }
    response_.reset();
  }

  /// Outlives the response, which may be waiting on it.
  std::unique_ptr<CallLimits> limits_;
  std::optional<DavResponse> response_;
  ReadInfo info_;
  std::uint64_t left_;
  bool hasTail_ = false;
};

/// One opening of one file.
class Opening {
 public:
  Opening(DavTree tree, const StoragePath& path, const ReadOptions& options,
          std::unique_ptr<CallLimits> limits)
      : tree_(tree),
        path_(path),
        options_(options),
        limits_(std::move(limits)) {}

  std::unique_ptr<IReadStream> open() {
    auto response = get();
    switch (response.status()) {
      case 304:
        throw StorageError(StorageErrc::NotModified, "the version is the one you have");
      case 416:
        response.drain(*limits_);
        return openUnsatisfied();
      case 200:
        return openWhole(std::move(response));
      case 206:
        return openPart(std::move(response));
      default:
        refuse(response);
    }
  }

 private:
  DavResponse get() {
    DavRequest request{
        .method = "GET", .target = tree_.facts().urls.target(path_), .isRepeatable = true};
    if (options_.range) {
      request.fields.emplace_back("Range", rangeField(*options_.range));
    }
    if (options_.ifNoneMatch) {
      // The strong form: Nextcloud does not know W/.
      request.fields.emplace_back("If-None-Match", ETag{options_.ifNoneMatch->value}.str());
    }
    return tree_.client().exchange(request, {}, *limits_);
  }

  [[noreturn]] void refuse(DavResponse& response) {
    if (response.isSlashRedirect(tree_.facts().urls.target(path_), tree_.client().origin())) {
      refuseDirectory();
    }
    auto refusal = readRefusal(response, *limits_);
    if (const auto entry = refusal.status == 404 ? tree_.stat(path_, *limits_) : std::nullopt;
        entry && entry->isDirectory()) {
      // Apache has no page for a folder where listing pages are off.
      refuseDirectory();
    }
    throw StorageError(toFailure(DavCall::Read, refusal));
  }

  [[noreturn]] void refuseDirectory() const {
    throw StorageError(StorageErrc::IsADirectory, "'" + path_.str() + "' is a directory");
  }

  /// The answer itself tells the version that it carries; no server's idea of weak and strong, and
  /// no proxy's spelling, comes between.
  void checkConditions(const Entry& entry) const {
    const auto matches = [&entry](const ETag& wanted) {
      return entry.etag && entry.etag->value == wanted.value;
    };
    if (options_.ifMatch && (options_.ifMatch->isWeak || !matches(*options_.ifMatch))) {
      throw StorageError(StorageErrc::PreconditionFailed, "the file has another version");
    }
    if (options_.ifNoneMatch && matches(*options_.ifNoneMatch)) {
      throw StorageError(StorageErrc::NotModified, "the version is the one you have");
    }
  }

  /// Without what stat would not say the same of.
  Entry describe(const DavResponse& response) const {
    auto entry = toEntry(response.head(), path_);
    if (!tree_.facts().capabilities.etag) {
      entry.etag.reset();
    }
    const auto type = response.head().field("Content-Type");
    // GET calls whatever a browser might run plain text.
    if (tree_.facts().isNextcloud && !type.starts_with("text/")) {
      entry.contentType = type.substr(0, type.find(';'));
    }
    return entry;
  }

  /// A file that a server can describe has an etag where all files there have one; what has none is
  /// a folder (Nextcloud answers 200 and nothing) or a page that somebody put in between. Nextcloud
  /// itself never calls a file HTML.
  std::unique_ptr<IReadStream> openWhole(DavResponse response) {
    auto entry = describe(response);
    const bool isPage =
        tree_.facts().isNextcloud && response.head().field("Content-Type").starts_with("text/html");
    if (isPage || (tree_.facts().capabilities.etag && !entry.etag)) {
      response.drain(*limits_);
      if (tree_.require(path_, *limits_).isDirectory()) {
        refuseDirectory();
      }
      throw StorageError(StorageErrc::Protocol,
                         "the storage answers with something else than the file");
    }
    entry.size = response.length();
    if (!entry.size) {
      return openUnsized(std::move(response));
    }
    return deliver(std::move(response), std::move(entry), false);
  }

  /// No length: an empty file of Nextcloud's, or a chunked answer, for which the listing's size
  /// counts.
  std::unique_ptr<IReadStream> openUnsized(DavResponse response) {
    response.drain(*limits_);
    { const auto gone = std::move(response); }
    auto entry = tree_.require(path_, *limits_);
    if (entry.isDirectory()) {
      refuseDirectory();
    }
    if (entry.size.value_or(0) == 0) {
      return deliver(std::nullopt, std::move(entry), false);
    }
    auto again = get();
    if (again.status() != 200) {
      refuse(again);
    }
    auto current = describe(again);
    if (current.etag != entry.etag && tree_.facts().capabilities.etag) {
      throw StorageError({.code = StorageErrc::Conflict,
                          .message = "the file changed while it was opened",
                          .retry = Retry::Safe});
    }
    current.size = entry.size;
    return deliver(std::move(again), std::move(current), false);
  }

  std::unique_ptr<IReadStream> openPart(DavResponse response) {
    const auto range = parseContentRange(response.head().field("Content-Range"));
    const auto length = response.length();
    if (!options_.range || !range || slice(options_.range, range->size) != range->slice ||
        (length && *length != range->slice.length)) {
      throw StorageError(StorageErrc::Protocol,
                         "the storage answers another range than was asked for");
    }
    auto entry = describe(response);
    entry.size = range->size;
    return deliver(std::move(response), std::move(entry), true);
  }

  /// Some servers find no range in an empty file satisfiable; a suffix of it is all of it.
  std::unique_ptr<IReadStream> openUnsatisfied() {
    auto entry = tree_.require(path_, *limits_);
    return deliver(std::nullopt, std::move(entry), false);
  }

  std::unique_ptr<IReadStream> deliver(std::optional<DavResponse> response, Entry entry,
                                       bool isPart) {
    checkConditions(entry);
    const auto wanted = slice(options_.range, *entry.size);
    if (!response && wanted.length > 0) {
      throw StorageError(StorageErrc::RangeNotSatisfiable, "the range is not within the file");
    }
    const auto skipped = isPart ? 0 : wanted.offset;
    if (skipped > kMaxSkipBytes) {
      throw StorageError(StorageErrc::Unsupported, "the storage ignores ranges of this file");
    }
    const bool isWhole = isPart || wanted.length == *entry.size;
    ReadInfo info{std::move(entry), wanted.offset, wanted.length};
    auto& limits = *limits_;
    auto stream =
        std::make_unique<ResponseStream>(std::move(response), std::move(info), std::move(limits_));
    if (!isWhole) {
      stream->skip(skipped);
    }
    limits.startStreaming();
    return stream;
  }

  DavTree tree_;
  const StoragePath& path_;
  const ReadOptions& options_;
  std::unique_ptr<CallLimits> limits_;
};

}  // namespace

std::unique_ptr<IReadStream> openResponse(DavTree tree, const StoragePath& path,
                                          const ReadOptions& options,
                                          std::unique_ptr<CallLimits> limits) {
  if (path.isRoot()) {
    throw StorageError(StorageErrc::IsADirectory, "the root is a directory");
  }
  if (isTemporary(path)) {
    throw StorageError(StorageErrc::NotFound, "nothing stands at '" + path.str() + "'");
  }
  return Opening(tree, path, options, std::move(limits)).open();
}

}  // namespace mediadock
