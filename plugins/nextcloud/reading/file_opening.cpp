#include "reading/file_opening.h"

#include "dav/status_error.h"
#include "mediadock/storage_error.h"
#include "reading/read_range.h"
#include "reading/response_stream.h"
#include "tree/outcome.h"

#include <array>
#include <optional>
#include <utility>

namespace mediadock::nextcloud {
namespace {

/// Upper bound of what is read and discarded to reach a range that the server ignored.
constexpr std::uint64_t kMaxSkipBytes = std::uint64_t{64} << 20U;

/// The state of opening one file.
class Opening {
 public:
  Opening(DavTree tree, const StoragePath& path, const ReadOptions& options,
          std::unique_ptr<http_client::CallLimits> limits)
      : tree_(tree),
        path_(path),
        options_(options),
        limits_(std::move(limits)) {}

  std::unique_ptr<IReadStream> open() {
    if (options_.range && isNeverSatisfiable(*options_.range)) {
      return openUnsatisfied();
    }
    hasEtags_ = tree_.hasEtags(path_, *limits_);
    return openAnswer(get());
  }

 private:
  std::unique_ptr<IReadStream> openAnswer(http_client::HttpResponse response) {
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

  http_client::HttpResponse get() {
    http_client::HttpRequest request{
        .method = "GET", .target = tree_.facts().urls.target(path_), .isRepeatable = true};
    if (options_.range) {
      request.fields.emplace_back("Range", rangeField(*options_.range));
    }
    if (options_.ifNoneMatch) {
      // As a strong etag: Nextcloud does not understand W/.
      request.fields.emplace_back("If-None-Match", ETag{options_.ifNoneMatch->value}.str());
    }
    return tree_.client().exchange(request, {}, *limits_);
  }

  [[noreturn]] void refuse(http_client::HttpResponse& response) {
    if (response.isSlashRedirect(tree_.facts().urls.target(path_), tree_.client().origin())) {
      refuseDirectory();
    }
    auto refusal = readRefusal(response, *limits_);
    // For a folder, Apache has no page if indexes are off, and rclone rejects the method.
    const bool mayBeFolder = refusal.status == 404 || refusal.status == 405;
    if (const auto entry = mayBeFolder ? tree_.stat(path_, *limits_) : std::nullopt;
        entry && entry->isDirectory()) {
      refuseDirectory();
    }
    throw StorageError(toFailure(DavCall::Read, refusal));
  }

  [[noreturn]] void refuseDirectory() const {
    throw StorageError(StorageErrc::IsADirectory, "'" + path_.str() + "' is a directory");
  }

  /// Uses the etag of the response itself, independently of how servers compare weak and strong
  /// etags and of how proxies rewrite them.
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

  /// Omits what would differ from stat.
  Entry describe(const http_client::HttpResponse& response) const {
    auto entry = toEntry(response.head(), path_);
    if (!entry.etag && listed_) {
      entry.etag = listed_->etag;
      entry.modifiedAt = listed_->modifiedAt;
    }
    if (!hasEtags_) {
      entry.etag.reset();
    }
    const auto type = response.head().field("Content-Type");
    // For security, GET reports types that a browser might execute as plain text.
    if (tree_.facts().isNextcloud && !type.starts_with("text/")) {
      entry.contentType = type.substr(0, type.find(';'));
    }
    return entry;
  }

  /// Whether the response has no etag although the server's files have one. Nextcloud itself never
  /// sends a file as HTML.
  bool isUnmarked(const http_client::HttpResponse& response, const Entry& entry) const {
    const bool isPage =
        tree_.facts().isNextcloud && response.head().field("Content-Type").starts_with("text/html");
    return isPage || (hasEtags_ && !entry.etag && !listed_);
  }

  Entry requireFile() {
    auto entry = tree_.require(path_, *limits_);
    if (entry.isDirectory()) {
      refuseDirectory();
    }
    return entry;
  }

  [[noreturn]] static void refuseChanged() {
    throw StorageError({.code = StorageErrc::Conflict,
                        .message = "the file changed while it was opened",
                        .retry = Retry::Safe});
  }

  [[noreturn]] static void refusePage() {
    throw StorageError(StorageErrc::Protocol,
                       "the storage answers with something else than the file");
  }

  /// A response without an etag is a folder (Nextcloud sends 200 and no body), a page inserted by a
  /// proxy, or a file of a type unknown to lighttpd. Such a file is requested again, between two
  /// PROPFINDs that must agree and provide its version.
  std::unique_ptr<IReadStream> openUnmarked(http_client::HttpResponse unmarked) {
    unmarked.drain(*limits_);
    { const auto gone = std::move(unmarked); }
    listed_ = requireFile();
    if (tree_.facts().isNextcloud) {
      refusePage();
    }
    auto response = get();
    if (isChanged(listed_, requireFile())) {
      refuseChanged();
    }
    return openAnswer(std::move(response));
  }

  std::unique_ptr<IReadStream> openWhole(http_client::HttpResponse response) {
    auto entry = describe(response);
    if (isUnmarked(response, entry)) {
      return openUnmarked(std::move(response));
    }
    entry.size = response.length();
    if (!entry.size) {
      return openUnsized(std::move(response));
    }
    if (listed_ && listed_->size && entry.size != listed_->size) {
      refusePage();
    }
    const ByteSlice all{0, *entry.size};
    return deliver(std::move(response), std::move(entry), all);
  }

  /// Without a length, the response is an empty file of Nextcloud's, or chunked. The size from the
  /// listing is used then, unless it is 0 or missing.
  std::unique_ptr<IReadStream> openUnsized(http_client::HttpResponse response) {
    std::array<std::byte, 1> first{};
    const bool isEmpty = response.read(first, *limits_) == 0;
    response.drain(*limits_);
    { const auto gone = std::move(response); }
    auto entry = requireFile();
    if (isEmpty && entry.size.value_or(0) == 0) {
      entry.size = 0;
      return deliver(std::nullopt, std::move(entry), {});
    }
    auto again = get();
    if (again.status() != 200) {
      refuse(again);
    }
    auto current = describe(again);
    if (current.etag != entry.etag && hasEtags_) {
      refuseChanged();
    }
    current.size = entry.size.value_or(0) > 0 ? entry.size : again.length();
    if (!current.size) {
      return deliverUnsized(std::move(again), std::move(current));
    }
    const ByteSlice all{0, *current.size};
    return deliver(std::move(again), std::move(current), all);
  }

  std::unique_ptr<IReadStream> openPart(http_client::HttpResponse response) {
    const auto sent = parseContentRange(response.head().field("Content-Range"));
    const auto length = response.length();
    if (options_.range && length == 0U) {
      // For an empty file rclone sends 206 with `bytes 0--1/0`, which means 416.
      response.drain(*limits_);
      { const auto gone = std::move(response); }
      return openUnsatisfied();
    }
    if (!options_.range || !sent || (length && *length != sent->slice.length)) {
      refuseOtherRange();
    }
    auto entry = describe(response);
    if (isUnmarked(response, entry)) {
      return openUnmarked(std::move(response));
    }
    entry.size = sent->size ? sent->size : listedSize(entry);
    return deliver(std::move(response), std::move(entry), sent->slice);
  }

  /// The size of the version that `entry` is: `Content-Range` may omit it (RFC 9110 §14.4).
  std::optional<std::uint64_t> listedSize(const Entry& entry) {
    const auto listed = requireFile();
    if (hasEtags_ && listed.etag != entry.etag) {
      refuseChanged();
    }
    return listed.size;
  }

  [[noreturn]] static void refuseOtherRange() {
    throw StorageError(StorageErrc::Protocol,
                       "the storage answers another range than was asked for");
  }

  /// Some servers reject any range of an empty file, although a suffix range is the whole file.
  std::unique_ptr<IReadStream> openUnsatisfied() {
    return deliver(std::nullopt, requireFile(), {});
  }

  /// `sent` is the part of the file in `response`; the requested range is cut out of it.
  std::unique_ptr<IReadStream> deliver(std::optional<http_client::HttpResponse> response,
                                       Entry entry, const ByteSlice& sent) {
    checkConditions(entry);
    const bool isPartOfUnknown = response && !entry.size && options_.range;
    const auto wanted = isPartOfUnknown ? sliceOfUnknown(*options_.range, sent)
                                        : resolve(options_.range, entry.size.value_or(0));
    if (!response && wanted.length > 0) {
      throw StorageError(StorageErrc::RangeNotSatisfiable, "the range is not within the file");
    }
    if (!contains(sent, wanted)) {
      refuseOtherRange();
    }
    const auto skipped = wanted.offset - sent.offset;
    if (skipped > kMaxSkipBytes) {
      throw StorageError(StorageErrc::Unsupported, "the storage ignores ranges of this file");
    }
    ReadInfo info{std::move(entry), wanted.offset, wanted.length};
    return makeResponseStream(std::move(response), std::move(info),
                              {.before = skipped, .behind = sent.length - skipped - wanted.length},
                              std::move(limits_));
  }

  /// The whole file, up to the end of the response.
  std::unique_ptr<IReadStream> deliverUnsized(http_client::HttpResponse response, Entry entry) {
    checkConditions(entry);
    if (options_.range) {
      throw StorageError(StorageErrc::Unsupported,
                         "the storage tells neither the file's size nor a part of it");
    }
    return makeResponseStream(std::move(response), ReadInfo{std::move(entry)}, {},
                              std::move(limits_));
  }

  DavTree tree_;
  const StoragePath& path_;
  const ReadOptions& options_;
  std::unique_ptr<http_client::CallLimits> limits_;
  /// Whether listings have etags; if not, those of responses are ignored.
  bool hasEtags_ = false;
  /// The entry that the PROPFINDs before and after the response agreed on.
  std::optional<Entry> listed_;
};

}  // namespace

std::unique_ptr<IReadStream> openFile(DavTree tree, const StoragePath& path,
                                      const ReadOptions& options,
                                      std::unique_ptr<http_client::CallLimits> limits) {
  if (path.isRoot()) {
    throw StorageError(StorageErrc::IsADirectory, "the root is a directory");
  }
  if (tree.facts().names.hides(path)) {
    throw StorageError(StorageErrc::NotFound, "nothing stands at '" + path.str() + "'");
  }
  return Opening(tree, path, options, std::move(limits)).open();
}

}  // namespace mediadock::nextcloud
