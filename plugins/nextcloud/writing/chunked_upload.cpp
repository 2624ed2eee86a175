#include "writing/chunked_upload.h"

#include "dav/status_error.h"
#include "http/resilience/back_off.h"
#include "mediadock/storage_error.h"
#include "tree/outcome.h"
#include "writing/chunk_lanes.h"
#include "writing/dav_write_stream.h"
#include "writing/resumable_upload.h"
#include "writing/upload_folder.h"
#include "writing/whole_put.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <utility>

namespace mediadock::nextcloud {
namespace {

constexpr std::chrono::seconds kDropTime{2};

class ChunkedUpload final : public IUploadMethod {
 public:
  ChunkedUpload(UploadTarget& target, const WriteToken& token)
      : target_(target),
        put_(target),
        folder_(target.client(), target.chunkSizes(), target.settings().retries),
        resumable_(folder_, lanes_, target.context().suspendedWrites, chunkBytes()),
        lanes_(folder_, target.client(), chunkBytes(),
               target.tree().facts().maxParallelChunks.value_or(1)) {
    if (!token.folder.empty()) {
      resumable_.resume(target.tree().facts().uploadsTarget, token, target.limits());
    }
  }

  void store(std::string_view bytes) override {
    while (!bytes.empty()) {
      const auto count = lanes_.take(bytes, target_.options().size);
      if (count == 0) {
        sendHeld();
      }
      bytes.remove_prefix(count);
    }
  }

  void storeHeld() override {
    if (!lanes_.held().empty()) {
      sendHeld();
    }
    lanes_.finish();
  }

  std::string saveForResume() override {
    if (!resumable_.isResumable() && !target_.tree().facts().capabilities.writeResume) {
      throw StorageError(StorageErrc::Unsupported, "this storage keeps no unfinished files");
    }
    openFolder(kResumablePrefix);
    return resumable_.suspend(target_.written(), target_.options().size, target_.limits());
  }

  bool isSavedForResume() const noexcept override { return resumable_.isResumable(); }

  Entry publish() override {
    if (!folder_.isOpen() && lanes_.held().size() <= target_.chunkSizes().limit()) {
      if (!target_.wanted().ifAbsent) {
        target_.inspectOnce();
      }
      if (target_.wanted().ifAbsent || !target_.existing()) {
        target_.checkConditions();
        if (auto entry = put_.create(lanes_.held())) {
          return std::move(*entry);
        }
      }
    }
    if (folder_.chunks() == 0) {
      sendWhole();
    } else if (!lanes_.held().empty()) {
      sendHeld();
    }
    lanes_.finish();
    resumable_.deleteSuperseded(target_.limits());
    // After an hour of uploading, a folder may be at the target: it would be replaced with all its
    // content.
    target_.inspectAfterTime();
    target_.checkConditions();
    target_.makeParents();
    auto entry = assemble();
    resumable_.release();
    return entry;
  }

  void discard(const http_client::CallLimits& few) override {
    lanes_.end();
    if (folder_.isOpen()) {
      mayBeAssembling_ ? target_.dropLater(folder_.target()) : target_.drop(folder_.target(), few);
    }
    resumable_.release();
  }

 private:
  /// The configured chunk size, unless the server asks for smaller ones.
  std::size_t chunkBytes() {
    return static_cast<std::size_t>(std::min<std::uint64_t>(
        target_.settings().chunkBytes,
        target_.tree().facts().maxChunkBytes.value_or(target_.settings().chunkBytes)));
  }

  void sendHeld() {
    openFolder(target_.options().mayBeSuspended ? kResumablePrefix : kUploadPrefix);
    resumable_.forgetTail();
    lanes_.send(target_.options().size, target_.limits());
  }

  /// Sends the file as one chunk and keeps it in memory, as it may have to be sent in another way.
  void sendWhole() {
    openFolder(target_.options().mayBeSuspended ? kResumablePrefix : kUploadPrefix);
    whole_ = lanes_.takeHeld();
    folder_.send(whole_, target_.options().size, target_.limits());
  }

  void openFolder(std::string_view prefix) {
    if (folder_.isOpen() && folder_.isAnnounced()) {
      return;
    }
    target_.inspectOnce();
    // If parents are still to be created, the upload's destination is next to them: a chunk whose
    // destination has no parent is rejected.
    auto destination = target_.urls().destination(
        target_.urls().target(target_.nearestExistingParent().child(target_.path().name())));
    if (folder_.isOpen()) {
      folder_.setDestination(std::move(destination));
    } else {
      folder_.open(target_.tree().facts().uploadsTarget, prefix, std::move(destination),
                   target_.limits());
    }
  }

  http_client::HttpRequest assembly() {
    const auto goal = target_.urls().target(target_.path());
    http_client::HttpRequest request{
        .method = "MOVE",
        .target = folder_.assembledFileTarget(),
        .fields = {{"Destination", target_.urls().destination(goal)},
                   {"Overwrite", target_.wanted().ifAbsent ? "F" : "T"},
                   {"OC-Total-Length", std::to_string(target_.written())}}};
    if (target_.wanted().ifMatch) {
      // If-Match would be compared with `.file`.
      request.fields.emplace_back("If",
                                  "<" + goal + "> ([" + target_.wanted().ifMatch->str() + "])");
    }
    target_.addModifiedAt(request);
    return request;
  }

  Entry assemble() {
    const auto request = assembly();
    isInDoubt_ = isRepeated_ = false;
    for (unsigned attempt = 0;; ++attempt) {
      http_client::HttpHead answer;
      mayBeAssembling_ = true;
      target_.allowSilence(workTime(target_.written()));
      const auto error = target_.trySend(DavCall::Publish, request, {}, answer, target_.limits());
      target_.allowSilence({});
      if (!error || isDoneAllTheSame(*error, attempt)) {
        folder_.forget();
        return target_.confirm(answer);
      }
      if (!mayRepeat(*error, attempt)) {
        if (target_.existing() && error->code() == StorageErrc::PermissionDenied) {
          return writeInPlace(*error);
        }
        giveUp(*error);
      }
    }
  }

  /// Files that must not be replaced may still be writable.
  Entry writeInPlace(const StorageError& refusal) {
    mayBeAssembling_ = false;
    if (whole_.size() != target_.written() || whole_.size() > target_.chunkSizes().limit()) {
      auto failure = refusal.failure();
      failure.message +=
          "; where a file may be changed but not replaced, its new content has to come in one "
          "piece of at most " +
          std::to_string(std::min(chunkBytes(), target_.chunkSizes().limit())) + " bytes";
      throw StorageError(std::move(failure));
    }
    auto entry = put_.overwrite(whole_, refusal);
    const http_client::CallLimits few(
        {.deadline = http_client::CallLimits::Clock::now() + kDropTime}, {}, kDropTime);
    target_.drop(folder_.target(), few);
    folder_.forget();
    return entry;
  }

  /// The folder first, then the target: once the folder is gone, the target is in its final state.
  Outcome lookAfterAssembly() {
    const bool stands = folder_.stands(target_.limits());
    const auto now = target_.tree().stat(target_.path(), target_.limits());
    const bool isNew = isChanged(target_.existing(), now);
    // The server deletes the folder once the target is complete. A share may ignore the time we
    // sent.
    if (!stands && now && now->size == target_.written() &&
        (isNew || target_.matchesOurWrite(now))) {
      return Outcome::Done;
    }
    return stands && !isNew ? Outcome::NotDone : Outcome::Unknown;
  }

  /// Whether the MOVE, or an earlier one, succeeded despite the error.
  bool isDoneAllTheSame(const StorageError& error, unsigned attempt) {
    isInDoubt_ = isInDoubt_ || error.failure().retry == Retry::OutcomeUnknown;
    const bool isLocked = error.code() == StorageErrc::Locked;
    mayBeAssembling_ = isInDoubt_ || isLocked;
    found_ = Outcome::Unknown;
    if (error.code() == StorageErrc::Cancelled || (attempt == 0 && !isInDoubt_ && !isLocked)) {
      return false;
    }
    const Change change{
        .look = [&] { return lookAfterAssembly(); },
        .soon = isRepeated_ ? target_.resolveTimeout() : kSoon + workTime(target_.written()),
        .timeout = target_.resolveTimeout()};
    found_ = mayBeAtWork(error)
                 ? resolveOutcomeAfter(error, change, target_.limits())
                 : resolveOutcome(change.look, std::chrono::milliseconds(0), target_.limits());
    return found_ == Outcome::Done;
  }

  /// A lock after a lost response is most likely held by our own first MOVE.
  bool mayBeAtWork(const StorageError& error) const {
    return isDoubtful(error) || (isInDoubt_ && error.code() == StorageErrc::Locked);
  }

  /// After a refusal that changed nothing: a few retries. After a lost response: one retry, and
  /// only if the server still has every chunk and did nothing with them.
  bool mayRepeat(const StorageError& error, unsigned attempt) {
    if (mayBeAtWork(error)) {
      const bool mayRepeat = found_ == Outcome::NotDone && !isRepeated_ && isWhole();
      isRepeated_ = true;
      return mayRepeat;
    }
    const bool isPassing = error.code() == StorageErrc::Locked ||
                           error.code() == StorageErrc::Connection ||
                           error.code() == StorageErrc::Unavailable;
    if (!isPassing || attempt >= target_.settings().retries) {
      return false;
    }
    target_.limits().pause(http_client::backOff(attempt));
    return true;
  }

  [[noreturn]] void giveUp(const StorageError& error) {
    const int status = error.failure().upstreamStatus;
    const bool isRefusal =
        status == 507 || (status >= 400 && status < 500 && status != 404 && status != 423);
    if (isInDoubt_ && !isRefusal) {
      throw outcomeUnknown(error, found_);
    }
    mayBeAssembling_ = false;
    if (error.code() == StorageErrc::PreconditionFailed) {
      target_.refuseTaken();
    }
    if (status == 404) {
      folder_.refuseIfGone(target_.limits());
    }
    throw StorageError(error);
  }

  /// Whether the server still has every byte, so that the MOVE may be sent again.
  bool isWhole() {
    try {
      return folder_.storedBytes(target_.limits()) == target_.written();
    } catch (const StorageError& error) {
      if (error.code() == StorageErrc::Cancelled) {
        throw;
      }
      return false;
    }
  }

  UploadTarget& target_;
  WholePut put_;
  UploadFolder folder_;
  /// Declared before the lanes, so that its hold on the write outlives them.
  ResumableUpload resumable_;
  ChunkLanes lanes_;
  /// The whole file, if it was sent as one chunk.
  std::string whole_;
  /// The server may be assembling the chunks: the folder must not be removed.
  bool mayBeAssembling_ = false;
  /// For the MOVE: its response was lost; it was sent again; the last observed outcome.
  bool isInDoubt_ = false;
  bool isRepeated_ = false;
  Outcome found_ = Outcome::Unknown;
};

std::unique_ptr<IWriteStream> makeStream(WriteContext context, WriteTarget target,
                                         WriteOptions options, const WriteToken& token) {
  auto place = std::make_unique<UploadTarget>(std::move(context), std::move(target),
                                              std::move(options), token.bytes);
  auto method = std::make_unique<ChunkedUpload>(*place, token);
  return std::make_unique<DavWriteStream>(std::move(place), std::move(method));
}

}  // namespace

std::unique_ptr<IWriteStream> makeChunkedUpload(WriteContext context, WriteTarget target,
                                                WriteOptions options) {
  return makeStream(std::move(context), std::move(target), std::move(options), {});
}

std::unique_ptr<IWriteStream> resumeChunkedUpload(WriteContext context, WriteTarget target,
                                                  WriteOptions options, const WriteToken& token) {
  return makeStream(std::move(context), std::move(target), std::move(options), token);
}

}  // namespace mediadock::nextcloud
