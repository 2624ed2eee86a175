#include "chunked_upload.h"

#include "back_off.h"
#include "chunk_lanes.h"
#include "kept_upload.h"
#include "mediadock/storage_error.h"
#include "outcome.h"
#include "status_error.h"
#include "upload_folder.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <utility>

namespace mediadock {
namespace {

constexpr std::chrono::seconds kDropTime{2};

class ChunkedUpload final : public DavPutStream {
 public:
  ChunkedUpload(WriteParts parts, WriteTarget target, WriteOptions options,
                const WriteToken& token = {})
      : DavPutStream(std::move(parts), std::move(target), std::move(options), token.bytes),
        folder_(client(), chunkSizes(), settings().retries),
        kept_(folder_, lanes_, keptWrites(), chunkBytes()),
        lanes_(folder_, client(), chunkBytes(), tree().facts().maxParallelChunks.value_or(1)) {
    if (!token.folder.empty()) {
      kept_.resume(tree().facts().uploadsTarget, token, limits());
    }
  }

  /// What a token speaks for stays.
  ~ChunkedUpload() override {
    if (!kept_.isKept()) {
      abort();
    }
  }

 protected:
  void store(std::string_view bytes) override {
    while (!bytes.empty()) {
      const auto count = lanes_.take(bytes, options().size);
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

  std::string keep() override {
    if (!kept_.isKept() && !tree().facts().capabilities.writeResume) {
      return DavWriteStream::keep();
    }
    openFolder(kKeptUploadPrefix);
    return kept_.suspend(written(), options().size, limits());
  }

  Entry publish() override {
    if (!folder_.isOpen() && lanes_.held().size() <= chunkSizes().limit()) {
      if (!target().ifAbsent) {
        inspectOnce();
      }
      if (target().ifAbsent || !existing()) {
        checkConditions();
        if (auto entry = putNew(lanes_.held())) {
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
    kept_.settle(limits());
    // After an hour of chunks a folder may stand at the target: it would be replaced, with all in
    // it.
    inspectAfterTime();
    checkConditions();
    makeParents();
    auto entry = assemble();
    kept_.release();
    return entry;
  }

  void discard(const CallLimits& few) override {
    lanes_.end();
    if (folder_.isOpen()) {
      mayBeAssembling_ ? dropLater(folder_.target()) : drop(folder_.target(), few);
    }
    kept_.release();
  }

 private:
  /// The size that is configured, unless the server wishes for smaller ones.
  std::size_t chunkBytes() {
    return static_cast<std::size_t>(std::min<std::uint64_t>(
        settings().chunkBytes, tree().facts().maxChunkBytes.value_or(settings().chunkBytes)));
  }

  void sendHeld() {
    openFolder(options().mayBeSuspended ? kKeptUploadPrefix : kUploadPrefix);
    kept_.forgetTail();
    lanes_.send(options().size, limits());
  }

  /// The file is one chunk, and stays at hand: it may have to be sent in another way.
  void sendWhole() {
    openFolder(options().mayBeSuspended ? kKeptUploadPrefix : kUploadPrefix);
    whole_ = lanes_.takeHeld();
    folder_.send(whole_, options().size, limits());
  }

  void openFolder(std::string_view prefix) {
    if (folder_.isOpen() && folder_.isAnnounced()) {
      return;
    }
    inspectOnce();
    // Where the parents are still to be made, the upload is announced next to them: a chunk whose
    // destination has no parent is refused.
    auto destination = urls().destination(urls().target(anchor().child(target().path.name())));
    if (folder_.isOpen()) {
      folder_.announce(std::move(destination));
    } else {
      folder_.open(tree().facts().uploadsTarget, prefix, std::move(destination), limits());
    }
  }

  DavRequest assembly() {
    const auto goal = urls().target(target().path);
    DavRequest request{.method = "MOVE",
                       .target = folder_.sumTarget(),
                       .fields = {{"Destination", urls().destination(goal)},
                                  {"Overwrite", target().ifAbsent ? "F" : "T"},
                                  {"OC-Total-Length", std::to_string(written())}}};
    if (target().ifMatch) {
      // If-Match would be held against `.file`.
      request.fields.emplace_back("If", "<" + goal + "> ([" + target().ifMatch->str() + "])");
    }
    addModifiedAt(request);
    return request;
  }

  Entry assemble() {
    const auto request = assembly();
    isInDoubt_ = isRepeated_ = false;
    for (unsigned attempt = 0;; ++attempt) {
      HttpHead answer;
      mayBeAssembling_ = true;
      allowSilence(workTime(written()));
      const auto error = trySend(DavCall::Publish, request, {}, answer, limits());
      allowSilence({});
      if (!error || isDoneAllTheSame(*error, attempt)) {
        folder_.forget();
        return confirm(answer);
      }
      if (!mayRepeat(*error, attempt)) {
        if (existing() && error->code() == StorageErrc::PermissionDenied) {
          return writeInPlace(*error);
        }
        giveUp(*error);
      }
    }
  }

  /// Where nothing may be put in the place of a file, it may be permitted to change it.
  Entry writeInPlace(const StorageError& refusal) {
    mayBeAssembling_ = false;
    if (whole_.size() != written() || whole_.size() > chunkSizes().limit()) {
      auto failure = refusal.failure();
      failure.message +=
          "; where a file may be changed but not replaced, its new content has to come in one "
          "piece of at most " +
          std::to_string(std::min(chunkBytes(), chunkSizes().limit())) + " bytes";
      throw StorageError(std::move(failure));
    }
    auto entry = putInPlace(whole_, refusal);
    const CallLimits few({.deadline = CallLimits::Clock::now() + kDropTime}, {}, kDropTime);
    drop(folder_.target(), few);
    folder_.forget();
    return entry;
  }

  /// First the folder, then the target: where the folder is gone, the target is as the server left
  /// it.
  Outcome lookAfterAssembly() {
    const bool stands = folder_.stands(limits());
    const auto now = tree().stat(target().path, limits());
    const bool isNew = isChanged(existing(), now);
    // The server drops the folder once the target is whole. A share may ignore the time we sent.
    if (!stands && now && now->size == written() && (isNew || bearsOurMarks(now))) {
      return Outcome::Done;
    }
    return stands && !isNew ? Outcome::NotDone : Outcome::Unknown;
  }

  /// Whether this failure of a MOVE, or one before it, hides a success.
  bool isDoneAllTheSame(const StorageError& error, unsigned attempt) {
    isInDoubt_ = isInDoubt_ || error.failure().retry == Retry::OutcomeUnknown;
    const bool isLocked = error.code() == StorageErrc::Locked;
    mayBeAssembling_ = isInDoubt_ || isLocked;
    found_ = Outcome::Unknown;
    if (error.code() == StorageErrc::Cancelled || (attempt == 0 && !isInDoubt_ && !isLocked)) {
      return false;
    }
    const Change change{.look = [&] { return lookAfterAssembly(); },
                        .soon = isRepeated_ ? settlingTime() : kSoon + workTime(written()),
                        .patience = settlingTime()};
    found_ = mayBeAtWork(error) ? findOutAfter(error, change, limits())
                                : findOut(change.look, std::chrono::milliseconds(0), limits());
    return found_ == Outcome::Done;
  }

  /// A lock after an answer that was lost is most likely our own first MOVE.
  bool mayBeAtWork(const StorageError& error) const {
    return isDoubtful(error) || (isInDoubt_ && error.code() == StorageErrc::Locked);
  }

  /// After a refusal that changed nothing: a few times. After a lost answer: once, and only where
  /// the server has every chunk and did nothing with them.
  bool mayRepeat(const StorageError& error, unsigned attempt) {
    if (mayBeAtWork(error)) {
      const bool mayRepeat = found_ == Outcome::NotDone && !isRepeated_ && isWhole();
      isRepeated_ = true;
      return mayRepeat;
    }
    const bool isPassing = error.code() == StorageErrc::Locked ||
                           error.code() == StorageErrc::Connection ||
                           error.code() == StorageErrc::Unavailable;
    if (!isPassing || attempt >= settings().retries) {
      return false;
    }
    limits().pause(backOff(attempt));
    return true;
  }

  [[noreturn]] void giveUp(const StorageError& error) {
    const int status = error.failure().upstreamStatus;
    const bool isRefusal =
        status == 507 || (status >= 400 && status < 500 && status != 404 && status != 423);
    if (isInDoubt_ && !isRefusal) {
      throw unsettled(error, found_);
    }
    mayBeAssembling_ = false;
    if (error.code() == StorageErrc::PreconditionFailed) {
      refuseTarget();
    }
    if (status == 404) {
      folder_.refuseIfGone(limits());
    }
    throw StorageError(error);
  }

  /// Whether the server still has every byte, so that the MOVE may be sent again.
  bool isWhole() {
    try {
      return folder_.keptBytes(limits()) == written();
    } catch (const StorageError& error) {
      if (error.code() == StorageErrc::Cancelled) {
        throw;
      }
      return false;
    }
  }

  UploadFolder folder_;
  /// Its hold on the write ends after the lanes.
  KeptUpload kept_;
  ChunkLanes lanes_;
  /// All of the file, where it was sent as one chunk.
  std::string whole_;
  /// The server may be putting the chunks together: the folder is not ours to remove.
  bool mayBeAssembling_ = false;
  /// Of the MOVE: the answer to it was lost; it was sent again since; what the last look found.
  bool isInDoubt_ = false;
  bool isRepeated_ = false;
  Outcome found_ = Outcome::Unknown;
};

}  // namespace

std::unique_ptr<IWriteStream> makeChunkedUpload(WriteParts parts, WriteTarget target,
                                                WriteOptions options) {
  return std::make_unique<ChunkedUpload>(std::move(parts), std::move(target), std::move(options));
}

std::unique_ptr<IWriteStream> resumeChunkedUpload(WriteParts parts, WriteTarget target,
                                                  WriteOptions options, const WriteToken& token) {
  return std::make_unique<ChunkedUpload>(std::move(parts), std::move(target), std::move(options),
                                         token);
}

}  // namespace mediadock
