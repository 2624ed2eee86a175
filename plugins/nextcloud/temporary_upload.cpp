#include "temporary_upload.h"

#include "dav_upload.h"
#include "mediadock/storage_error.h"
#include "name_rules.h"
#include "outcome.h"
#include "spool_file.h"
#include "status_error.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace mediadock {
namespace {

/// Read from the disk and sent while it is in the processor's cache. sendfile would save us a copy,
/// and cost a server on the same machine more than that.
constexpr std::size_t kSpoolBlock = 262144;

/// A file of known size up to this is held until it is whole, so that it can be sent again.
constexpr std::uint64_t kHeldBytes = std::uint64_t{1} << 20U;

StorageError withRetry(const StorageError& error, Retry retry) {
  auto failure = error.failure();
  failure.retry = retry;
  return StorageError(std::move(failure));
}

/// Whether a body did not arrive, or its answer did not.
bool isLost(const StorageError& error) {
  const int status = error.failure().upstreamStatus;
  return isDoubtful(error) || error.code() == StorageErrc::Connection || status == 500 ||
         status == 502 || status == 504;
}

class TemporaryUpload final : public DavWriteStream {
 public:
  TemporaryUpload(WriteParts parts, WriteTarget target, WriteOptions options)
      : DavWriteStream(std::move(parts), std::move(target), std::move(options)) {}

  ~TemporaryUpload() override { abort(); }

 protected:
  void store(std::string_view bytes) override {
    if (isUploaded_) {
      throw StorageError(StorageErrc::InvalidArgument, "the bytes are complete already");
    }
    if (options().size && *options().size > mostHeld()) {
      if (!upload_) {
        start(*options().size);
      }
      send(bytes);
    } else if (held_.size() + bytes.size() <= settings().chunkBytes && !spool_) {
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

  Entry publish() override {
    if (!isUploaded_) {
      upload();
    }
    inspect();
    checkConditions();
    makeParents();
    move();
    temporary_ = {};
    return confirm(HttpHead{});
  }

  void discard(const CallLimits& few) override {
    // Closing the connection short of the announced length makes the server drop what it has.
    upload_.reset();
    if (!temporary_.isRoot()) {
      const auto target = urls().target(temporary_);
      mayBeMoving_ ? dropLater(target) : drop(target, few);
    }
  }

 private:
  std::uint64_t mostHeld() const {
    return std::min<std::uint64_t>(kHeldBytes, settings().chunkBytes);
  }

  void move() {
    try {
      mayBeMoving_ = true;
      carryOut({.send = [&] { sendMove(); },
                .look = [&] { return lookAfterMove(); },
                .soon = kSoon + workTime(written()),
                .patience = settlingTime(),
                .repeats = settings().retries},
               limits());
    } catch (const StorageError& error) {
      mayBeMoving_ = error.failure().retry == Retry::OutcomeUnknown;
      throw;
    }
  }

  void sendMove() {
    auto response = tree().exchangeTo(urls().target(target().path),
                                      {.method = "MOVE",
                                       .target = urls().target(temporary_),
                                       .fields = {{"Overwrite", target().ifAbsent ? "F" : "T"}}},
                                      limits());
    if (response.status() == 412) {
      response.drain(limits());
      refuseTarget();
    }
    if (!isDone(response)) {
      throwRefusal(DavCall::Publish, response, limits());
    }
    response.drain(limits());
  }

  /// Nobody else knows the temporary name: where it is gone, it is what stands at the target.
  Outcome lookAfterMove() {
    const bool stands = tree().look(temporary_, limits()).has_value();
    const auto now = tree().stat(target().path, limits());
    if (stands) {
      return isChanged(existing(), now) ? Outcome::Unknown : Outcome::NotDone;
    }
    return now && mayHold(*now, written()) ? Outcome::Done : Outcome::Unknown;
  }

  void start(std::uint64_t size) {
    inspectOnce();
    if (temporary_.isRoot()) {
      temporary_ = anchor().child(std::string(kTemporaryPrefix) + randomName());
    }
    DavRequest request{.method = "PUT", .target = urls().target(temporary_), .isRepeatable = true};
    upload_.emplace(client().startUpload(request, size, limits()));
  }

  void send(std::string_view bytes) {
    try {
      upload_->write(bytes, limits());
    } catch (const StorageError& error) {
      if (error.code() != StorageErrc::Connection) {
        throw;
      }
      refuseEarly(error);
    }
  }

  /// The server may have said why before it closed the connection.
  [[noreturn]] void refuseEarly(const StorageError& cause) {
    std::optional<DavResponse> response;
    try {
      response.emplace(upload_->finish(limits()));
    } catch (const StorageError&) {
      throw StorageError(cause);
    }
    throwRefusal(DavCall::PutPart, *response, limits());
  }

  void spoolHeld() {
    if (!spool_) {
      spool_.emplace();
    }
    spool_->append(held_);
    std::string().swap(held_);
  }

  /// The name is ours alone: whether all bytes came is to be seen there, and where they did not,
  /// those that are at hand can be sent again.
  void upload() {
    const bool isStreamed = upload_.has_value();
    try {
      carryOut({.send = [&] { sendAll(); },
                .look = [&] { return lookAfterPut(); },
                .soon = isStreamed ? settlingTime() : kSoon,
                .patience = settlingTime(),
                .repeats = isStreamed ? 0 : settings().retries},
               limits());
    } catch (const StorageError& error) {
      // Whatever became of it, nobody sees it.
      throw withRetry(error, Retry::Safe);
    }
    isUploaded_ = true;
    std::string().swap(held_);
    spool_.reset();
    const auto kept = tree().look(temporary_, limits());
    if (!kept || !mayHold(*kept, written())) {
      throw StorageError(StorageErrc::Truncated, "the storage did not keep all bytes");
    }
  }

  void sendAll() {
    try {
      if (!upload_) {
        start(written());
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
    const auto kept = tree().look(temporary_, limits());
    return kept && kept->size == written() ? Outcome::Done : Outcome::NotDone;
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
    auto response = upload_->finish(limits());
    if (!isDone(response)) {
      throwRefusal(DavCall::PutPart, response, limits());
    }
    response.drain(limits());
  }

  std::string held_;
  std::optional<SpoolFile> spool_;
  std::optional<DavUpload> upload_;
  /// The root where there is none.
  StoragePath temporary_;
  bool isUploaded_ = false;
  /// The server may be at the MOVE: the name is not ours to remove.
  bool mayBeMoving_ = false;
};

}  // namespace

std::unique_ptr<IWriteStream> makeTemporaryUpload(WriteParts parts, WriteTarget target,
                                                  WriteOptions options) {
  return std::make_unique<TemporaryUpload>(std::move(parts), std::move(target), std::move(options));
}

}  // namespace mediadock
