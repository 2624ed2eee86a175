#include "http/downloads/download_endpoints.h"
#include "http/downloads/file_headers.h"
#include "http/downloads/peeked_stream.h"
#include "http/listings/file_urls.h"
#include "http/syntax/conditional.h"
#include "http/syntax/problem_exception.h"
#include "http/syntax/range.h"
#include "media/media_service.h"

#include <algorithm>
#include <memory>
#include <vector>

namespace mediadock::http {
namespace {

using Ranges = std::optional<std::vector<ByteRange>>;

/// One response to GET or HEAD. First opens a stream (for HEAD: fetches the entry), then evaluates
/// the preconditions; a stream that turns out not to be needed is dropped.
class Download {
 public:
  Download(media::MediaService& media, Request& request, Response& response)
      : media_(media),
        request_(request),
        response_(response),
        path_(request.storagePath()),
        headers_(media, request, response, path_) {}

  void answerHead();
  void answerGet();

 private:
  bool canRange() const { return media_.capabilities().rangeRead; }

  Ranges wantedRanges() const;
  bool openFirst(const Ranges& ranges);
  void statEntry();
  bool hasEnded();
  void answerRanges(const std::vector<ByteRange>& ranges);
  void sendWhole();
  void sendUnsized(const Ranges& ranges);
  void sendOne(const ByteSlice& range);
  void sendMany(const Byteranges& pieces);
  void sendPiece(const ByteSlice& range);
  void position(const ByteSlice& range);
  void requireSameVersion() const;
  void skip(std::uint64_t bytes);
  std::unique_ptr<PeekedStream> open(const ReadOptions& options);
  void describe();
  [[noreturn]] void refuseRange() const;

  std::uint64_t size() const { return entry_.size.value_or(0); }

  media::MediaService& media_;
  Request& request_;
  Response& response_;
  StoragePath path_;
  FileHeaders headers_;
  Entry entry_;
  Validators validators_;
  std::unique_ptr<PeekedStream> stream_;
  /// Whether `stream_` was opened for a range.
  bool isPart_ = false;
  /// How many bytes of `stream_` were skipped.
  std::uint64_t skipped_ = 0;
};

void Download::answerHead() {
  statEntry();
  requireSignedVersion(request_.caller(), entry_);
  if (entry_.isDirectory()) {
    throw StorageError(StorageErrc::IsADirectory, "a folder has no bytes");
  }
  if (!hasEnded()) {
    describe();
    entry_.size ? response_.begin(size()) : response_.beginUncounted();
  }
}

void Download::answerGet() {
  const Ranges ranges = wantedRanges();
  if (!openFirst(ranges)) {
    statEntry();
  }
  requireSignedVersion(request_.caller(), entry_);
  if (hasEnded()) {
    return;
  }
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const bool isRanged = ranges && ifRangeHolds(request_.headers(), validators_, now);
  if (!entry_.size) {
    sendUnsized(isRanged ? ranges : std::nullopt);
  } else if (isRanged && size() > 0) {
    answerRanges(*ranges);
  } else {
    sendWhole();
  }
}

Ranges Download::wantedRanges() const {
  const auto values = request_.headers().all("Range");
  return values.size() == 1 ? parseRange(values.front()) : std::nullopt;
}

/// Opens the stream for exactly the requested range if that saves a second call. Returns false if
/// the range is not satisfiable or not supported.
bool Download::openFirst(const Ranges& ranges) {
  ReadOptions options;
  if (ranges && ranges->size() == 1 && canRange()) {
    options.range = ranges->front();
  }
  try {
    stream_ = open(options);
  } catch (const StorageError& error) {
    // Unsupported: the storage does not know the size of the file.
    if (options.range && (error.code() == StorageErrc::RangeNotSatisfiable ||
                          error.code() == StorageErrc::Unsupported)) {
      return false;
    }
    throw;
  }
  isPart_ = options.range.has_value();
  entry_ = stream_->info().entry;
  validators_ = validatorsOf(entry_);
  return true;
}

void Download::statEntry() {
  const auto entry = media_.stat(path_, request_.context());
  if (!entry) {
    throw StorageError(StorageErrc::NotFound, "no such file");
  }
  entry_ = *entry;
  validators_ = validatorsOf(entry_);
}

/// Whether the preconditions decided the response.
bool Download::hasEnded() {
  const Verdict verdict = evaluateConditions(request_.headers(), request_.method(), validators_);
  if (verdict == Verdict::Proceed) {
    return false;
  }
  stream_.reset();
  if (verdict == Verdict::PreconditionFailed) {
    throw StorageError(StorageErrc::PreconditionFailed, "another version");
  }
  headers_.describeVersion(entry_, validators_);
  response_.setStatus(304);
  response_.sendEmpty();
  return true;
}

void Download::answerRanges(const std::vector<ByteRange>& ranges) {
  const auto resolved = resolveRanges(ranges, size());
  if (resolved.empty()) {
    refuseRange();
  }
  if (resolved.size() == 1) {
    sendOne(resolved.front());
  } else if (canRange()) {
    sendMany(Byteranges(resolved, servedTypeOf(entry_), size()));
  } else {
    sendWhole();
  }
}

void Download::sendWhole() {
  if (size() > 0) {
    position({0, size()});
  }
  describe();
  response_.begin(size());
  if (size() > 0) {
    sendPiece({0, size()});
  }
}

/// For files whose size the storage does not report in advance. If the storage has returned the
/// requested range, sends it; any other range is ignored, as RFC 9110 §14.2 allows.
void Download::sendUnsized(const Ranges& ranges) {
  if (isPart_ && ranges && isPieceOf(ranges->front(), stream_->info())) {
    const ByteSlice part{stream_->info().offset, *stream_->info().length};
    describe();
    response_.setStatus(206);
    response_.setHeader("Content-Range", contentRange(part, std::nullopt));
    response_.begin(part.length);
    response_.writeFrom(*stream_, part.length);
    return;
  }
  if (!stream_ || isPart_) {
    stream_ = open({});
    requireSameVersion();
  }
  const ReadInfo& info = stream_->info();
  entry_.size = info.entry.size ? info.entry.size : info.length;
  if (entry_.size) {
    sendWhole();
    return;
  }
  describe();
  response_.beginUncounted();
  response_.writeAllFrom(*stream_);
}

void Download::sendOne(const ByteSlice& range) {
  position(range);
  describe();
  response_.setStatus(206);
  response_.setHeader("Content-Range", contentRange(range, size()));
  response_.begin(range.length);
  sendPiece(range);
}

void Download::sendMany(const Byteranges& pieces) {
  describe();
  response_.setStatus(206);
  response_.setHeader("Content-Type", pieces.contentType());
  response_.begin(pieces.length());
  for (const ByteSlice& range : pieces.ranges()) {
    position(range);
    response_.write(std::as_bytes(std::span<const char>(pieces.before(range))));
    sendPiece(range);
  }
  response_.write(std::as_bytes(std::span<const char>(pieces.end())));
}

void Download::sendPiece(const ByteSlice& range) {
  const std::uint64_t offset = range.offset - stream_->info().offset;
  const auto region = stream_->file();
  if (offset > 0 && region && response_.canSendFiles()) {
    response_.writeFile({region->descriptor, region->offset + offset, range.length});
  } else {
    skip(offset);
    response_.writeFrom(*stream_, range.length);
  }
}

/// Ensures that `range` can be sent from the open stream; if not, opens a new one of the same
/// version.
void Download::position(const ByteSlice& range) {
  const auto covers = [&](const ReadInfo& info) {
    const bool isRange = info.offset == range.offset && info.length == range.length;
    const bool isWhole = info.offset == 0 && info.length == size();
    return isRange || (isWhole && !canRange());
  };
  if (stream_ && covers(stream_->info())) {
    return;
  }
  ReadOptions options;
  if (range.length < size() && canRange()) {
    options.range = ByteRange{range.offset, range.offset + range.length - 1};
  }
  stream_ = open(options);
  skipped_ = 0;
  requireSameVersion();
  if (!covers(stream_->info())) {
    throw StorageError(StorageErrc::Protocol, "the storage gave another range than it was asked");
  }
}

void Download::requireSameVersion() const {
  const auto now = validatorsOf(stream_->info().entry).etag;
  if (now != validators_.etag && validators_.etag) {
    throw StorageError(StorageErrc::Unavailable, "the file was changed while it was read");
  }
}

void Download::skip(std::uint64_t bytes) {
  std::vector<std::byte> block(std::min<std::uint64_t>(bytes - skipped_, 65536));
  while (skipped_ < bytes) {
    const std::uint64_t wanted = std::min<std::uint64_t>(block.size(), bytes - skipped_);
    const std::size_t got = stream_->read(std::span(block).first(wanted));
    if (got == 0) {
      throw StorageError(StorageErrc::Truncated, "the file ended before its length");
    }
    skipped_ += got;
  }
}

std::unique_ptr<PeekedStream> Download::open(const ReadOptions& options) {
  return std::make_unique<PeekedStream>(media_.openFile(path_, options, request_.context()));
}

void Download::describe() {
  headers_.describe(entry_, validators_, stream_.get());
}

void Download::refuseRange() const {
  throw ProblemException({.status = 416,
                          .detail = "the range lies outside the file",
                          .type = "urn:mediadock:problem:range_not_satisfiable",
                          .headers = {{"Content-Range", unsatisfiedRange(size())}}});
}

}  // namespace

Endpoint downloadEndpoint(media::MediaService& media) {
  return [&media](Request& request, Response& response) {
    Download download(media, request, response);
    request.method() == "HEAD" ? download.answerHead() : download.answerGet();
  };
}

}  // namespace mediadock::http
