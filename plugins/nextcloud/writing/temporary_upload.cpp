#include "writing/temporary_upload.h"

#include "dav/dav_client.h"
#include "dav/name_rules.h"
#include "dav/status_error.h"
#include "mediadock/storage_error.h"
#include "tree/outcome.h"
#include "writing/dav_write_stream.h"
#include "writing/spool_file.h"
#include "writing/upload_folder.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace mediadock::nextcloud {
namespace {

/// Read from disk and sent while it is in the CPU cache. sendfile would save a copy, but cost a
/// server on the same machine more.
constexpr std::size_t kSpoolBlock = 262144;

/// A file of known size up to this is buffered completely, so that it can be sent again.
constexpr std::uint64_t kHeldBytes = std::uint64_t{1} << 20U;

StorageError withRetry(const StorageError& error, Retry retry) {
  auto failure = error.failure();
  failure.retry = retry;
  return StorageError(std::move(failure));
}

/// Whether a body, or the response to it, was lost.
bool isLost(const StorageError& error) {
  const int status = error.failure().upstreamStatus;
  return isDoubtful(error) || error.code() == StorageErrc::Connection || status == 500 ||
         status == 502 || status == 504;
}

class TemporaryUpload final : public IUploadMethod {
 public:
  explicit TemporaryUpload(UploadTarget& target) : target_(target) {}

  void store(std::string_view bytes) override {
    if (isUploaded_) {
      throw StorageError(StorageErrc::InvalidArgument, "the bytes are complete already");
    }
    if (target_.options().size && *target_.options().size > mostHeld()) {
      if (!upload_) {
        start(*target_.options().size);
      }
      send(bytes);
    } else if (held_.size() + bytes.size() <= target_.settings().chunkBytes && !spool_) {
      held_.append(bytes);
    } else {
      spoolHeld();
      spool_->append(bytes);
    }
  }

  void storeHeld() override {
    if (!held_.empty()) {
      spoolHeld();
    }
  }

  std::string saveForResume() override {
    throw StorageError(StorageErrc::Unsupported, "this storage keeps no unfinished files");
  }

  bool isSavedForResume() const noexcept override { return false; }

  Entry publish() override {
    if (!isUploaded_) {
      upload();
    }
    target_.inspect();
    target_.checkConditions();
    target_.makeParents();
    move();
    temporary_ = {};
    return target_.confirm(http_client::HttpHead{});
  }

  void discard(const http_client::CallLimits& few) override {
    // Closing the connection before the announced length makes the server discard the data.
    upload_.reset();
    if (!temporary_.isRoot()) {
      const auto target = target_.urls().target(temporary_);
      mayBeMoving_ ? target_.dropLater(target) : target_.drop(target, few);
    }
  }

 private:
  std::uint64_t mostHeld() const {
    return std::min<std::uint64_t>(kHeldBytes, target_.settings().chunkBytes);
  }

  void move() {
    try {
      mayBeMoving_ = true;
      carryOut({.send = [&] { sendMove(); },
                .look = [&] { return lookAfterMove(); },
                .soon = kSoon + workTime(target_.written()),
                .timeout = target_.resolveTimeout(),
                .repeats = target_.settings().retries},
               target_.limits());
    } catch (const StorageError& error) {
      mayBeMoving_ = error.failure().retry == Retry::OutcomeUnknown;
      throw;
    }
  }

  void sendMove() {
    auto response = target_.tree().exchangeTo(
        target_.urls().target(target_.path()),
        {.method = "MOVE",
         .target = target_.urls().target(temporary_),
         .fields = {{"Overwrite", target_.wanted().ifAbsent ? "F" : "T"}}},
        target_.limits());
    if (response.status() == 412) {
      response.drain(target_.limits());
      target_.refuseTaken();
    }
    if (!isDone(response)) {
      throwRefusal(DavCall::Publish, response, target_.limits());
    }
    response.drain(target_.limits());
  }

  /// The temporary name is known only to us: if it is gone, it was moved to the target.
  Outcome lookAfterMove() {
    const bool stands = target_.tree().look(temporary_, target_.limits()).has_value();
    const auto now = target_.tree().stat(target_.path(), target_.limits());
    if (stands) {
      return isChanged(target_.existing(), now) ? Outcome::Unknown : Outcome::NotDone;
    }
    return now && mayHold(*now, target_.written()) ? Outcome::Done : Outcome::Unknown;
  }

  void start(std::uint64_t size) {
    target_.inspectOnce();
    if (temporary_.isRoot()) {
      temporary_ =
          target_.nearestExistingParent().child(std::string(kTemporaryPrefix) + randomName());
    }
    http_client::HttpRequest request{
        .method = "PUT", .target = target_.urls().target(temporary_), .isRepeatable = true};
    upload_.emplace(target_.client().startUpload(request, size, target_.limits()));
  }

  void send(std::string_view bytes) {
    try {
      upload_->write(bytes, target_.limits());
    } catch (const StorageError& error) {
      if (error.code() != StorageErrc::Connection) {
        throw;
      }
      refuseEarly(error);
    }
  }

  /// The server may have sent the reason before it closed the connection.
  [[noreturn]] void refuseEarly(const StorageError& cause) {
    std::optional<http_client::HttpResponse> response;
    try {
      response.emplace(upload_->finish(target_.limits()));
    } catch (const StorageError&) {
      throw StorageError(cause);
    }
    throwRefusal(DavCall::PutPart, *response, target_.limits());
  }

  void spoolHeld() {
    if (!spool_) {
      spool_.emplace();
    }
    spool_->append(held_);
    std::string().swap(held_);
  }

  /// The temporary name is exclusively ours: it shows whether all bytes arrived, and if not, those
  /// still at hand are sent again.
  void upload() {
    const bool isStreamed = upload_.has_value();
    try {
      carryOut({.send = [&] { sendAll(); },
                .look = [&] { return lookAfterPut(); },
                .soon = isStreamed ? target_.resolveTimeout() : kSoon,
                .timeout = target_.resolveTimeout(),
                .repeats = isStreamed ? 0 : target_.settings().retries},
               target_.limits());
    } catch (const StorageError& error) {
      // Whatever the outcome, it is not visible to others.
      throw withRetry(error, Retry::Safe);
    }
    isUploaded_ = true;
    std::string().swap(held_);
    spool_.reset();
    const auto found = target_.tree().look(temporary_, target_.limits());
    if (!found || !mayHold(*found, target_.written())) {
      throw StorageError(StorageErrc::Truncated, "the storage did not keep all bytes");
    }
  }

  void sendAll() {
    try {
      if (!upload_) {
        start(target_.written());
        sendHeld();
      }
      takeAnswer();
      upload_.reset();
    } catch (const StorageError& error) {
      upload_.reset();
      throw isLost(error) ? withRetry(error, Retry::OutcomeUnknown) : StorageError(error);
    }
  }

  Outcome lookAfterPut() {
    const auto found = target_.tree().look(temporary_, target_.limits());
    return found && found->size == target_.written() ? Outcome::Done : Outcome::NotDone;
  }

  void sendHeld() {
    if (!spool_) {
      send(held_);
      return;
    }
    std::vector<char> block(kSpoolBlock);
    std::uint64_t offset = 0;
    while (const auto count = spool_->read(offset, block)) {
      send({block.data(), count});
      offset += count;
    }
  }

  void takeAnswer() {
    auto response = upload_->finish(target_.limits());
    if (!isDone(response)) {
      throwRefusal(DavCall::PutPart, response, target_.limits());
    }
    response.drain(target_.limits());
  }

  UploadTarget& target_;
  std::string held_;
  std::optional<SpoolFile> spool_;
  std::optional<http_client::StreamingPut> upload_;
  /// The root if there is none.
  StoragePath temporary_;
  bool isUploaded_ = false;
  /// The server may be processing the MOVE: the name must not be removed.
  bool mayBeMoving_ = false;
};

}  // namespace

std::unique_ptr<IWriteStream> makeTemporaryUpload(WriteContext context, WriteTarget target,
                                                  WriteOptions options) {
  auto place =
      std::make_unique<UploadTarget>(std::move(context), std::move(target), std::move(options), 0);
  auto method = std::make_unique<TemporaryUpload>(*place);
  return std::make_unique<DavWriteStream>(std::move(place), std::move(method));
}

}  // namespace mediadock::nextcloud
