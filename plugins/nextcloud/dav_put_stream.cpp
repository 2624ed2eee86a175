#include "dav_put_stream.h"

#include "kept_hash.h"
#include "mediadock/storage_error.h"
#include "outcome.h"

#include <chrono>
#include <string>
#include <utility>

namespace mediadock {
namespace {

constexpr std::chrono::seconds kWithdrawTime{2};

/// Whether the server may have begun to write. 400 is also its word for a body that fell short.
bool mayHaveBegun(const StorageFailure& failure) {
  return failure.retry == Retry::OutcomeUnknown || failure.upstreamStatus == 400 ||
         failure.code == StorageErrc::Connection || failure.code == StorageErrc::Timeout;
}

}  // namespace

/// Etags come of size and second: over a file of the same size another second makes ours another
/// version, and without a time of its own a later one.
void DavPutStream::addModifiedAt(DavRequest& request) {
  using std::chrono::seconds;
  const auto& own = options().modifiedAt;
  auto second = std::chrono::floor<seconds>(
      own.value_or(std::chrono::floor<Timestamp::duration>(std::chrono::system_clock::now())));
  if (existing() && existing()->modifiedAt && existing()->size == written()) {
    const auto taken = std::chrono::floor<seconds>(*existing()->modifiedAt);
    const bool isTaken = own ? second == taken : second <= taken;
    second = isTaken ? taken + seconds(1) : second;
  }
  sentTime_ = second;
  request.fields.emplace_back("X-OC-MTime", std::to_string(second.time_since_epoch().count()));
}

bool DavPutStream::bearsOurMarks(const std::optional<Entry>& entry) const {
  return entry && entry->size == written() && entry->modifiedAt == sentTime_;
}

std::optional<StorageError> DavPutStream::trySend(DavCall call, const DavRequest& request,
                                                  std::string_view body, HttpHead& answer,
                                                  const CallLimits& limits) {
  try {
    auto response = client().exchange(request, body, limits);
    if (isDone(response)) {
      response.drain(limits);
      answer = response.head();
      return std::nullopt;
    }
    return StorageError(toFailure(call, readRefusal(response, limits)));
  } catch (const StorageError& error) {
    return error;
  }
}

DavRequest DavPutStream::wholePut(const char* condition, std::string value) {
  DavRequest request{.method = "PUT",
                     .target = urls().target(target().path),
                     .fields = {{condition, std::move(value)}, {"X-Hash", "sha256"}}};
  addModifiedAt(request);
  return request;
}

/// All of it is at hand, and can be sent again.
std::optional<Entry> DavPutStream::putNew(std::string_view content) {
  const auto request = wholePut("If-None-Match", "*");
  HttpHead answer;
  try {
    carryOut({.send = [&] { sendNew(request, content, answer); },
              .look = [&] { return lookAfterPut(); },
              .patience = settlingTime(),
              .repeats = settings().retries},
             limits());
  } catch (const StorageError& error) {
    const int status = error.failure().upstreamStatus;
    const bool isKnown = error.failure().retry != Retry::OutcomeUnknown;
    if (isKnown && status == 412) {
      return refuseOrReplace();
    }
    if (isKnown && status == 413 && chunkSizes().refuse(content.size())) {
      return std::nullopt;
    }
    throw;
  }
  return verify(answer, content);
}

void DavPutStream::sendNew(const DavRequest& request, std::string_view content, HttpHead& answer) {
  auto error = trySend(DavCall::Put, request, content, answer, limits());
  if (error && error->failure().upstreamStatus == 404) {
    inspect();
    makeParents();
    error = trySend(DavCall::Put, request, content, answer, limits());
  }
  if (error) {
    throw StorageError(*error);
  }
}

Outcome DavPutStream::lookAfterPut() {
  const auto now = tree().stat(target().path, limits());
  return !now ? Outcome::NotDone : bearsOurMarks(now) ? Outcome::Done : Outcome::Unknown;
}

/// The target has changed since it was inspected.
std::optional<Entry> DavPutStream::refuseOrReplace() {
  if (target().ifAbsent) {
    refuseTarget();
  }
  inspect();
  return std::nullopt;
}

/// The server's own hash of what it stored, where it gives one, else the size.
Entry DavPutStream::verify(const HttpHead& answer, std::string_view content) {
  try {
    refuseOtherHash(answer, content);
    return confirm(answer);
  } catch (const StorageError& error) {
    if (error.code() == StorageErrc::ChecksumMismatch || error.code() == StorageErrc::Truncated) {
      withdraw(answer);
    }
    throw;
  }
}

/// Takes back a file that we made and that came out wrong.
void DavPutStream::withdraw(const HttpHead& answer) noexcept {
  try {
    const CallLimits few({.deadline = CallLimits::Clock::now() + kWithdrawTime}, {}, kWithdrawTime);
    if (const auto etag = answer.field("ETag"); !etag.empty()) {
      client()
          .exchange({.method = "DELETE",
                     .target = urls().target(target().path),
                     .fields = {{"If-Match", std::string(etag)}}},
                    {}, few)
          .drain(few);
    }
  } catch (const std::exception&) {
    // The failure that is on its way already says that the file is bad.
  }
}

Entry DavPutStream::putInPlace(std::string_view content, const StorageError& refusal) {
  const auto request = wholePut("If-Match", target().ifMatch ? target().ifMatch->str() : "*");
  HttpHead answer;
  try {
    carryOut({.send = [&] { sendInPlace(request, content, answer); },
              .look = [&] { return lookAfterPutInPlace(); },
              .patience = settlingTime(),
              .repeats = settings().retries},
             limits());
  } catch (const StorageError& error) {
    const bool isKnown = error.failure().retry != Retry::OutcomeUnknown;
    if (!isKnown || error.failure().upstreamStatus != 412) {
      throw;
    }
    if (target().ifMatch) {
      refuseTarget();
    }
    // The file has gone, and a new one is what the server just refused.
    throw StorageError(refusal);
  }
  refuseOtherHash(answer, content);
  return confirm(answer);
}

void DavPutStream::sendInPlace(const DavRequest& request, std::string_view content,
                               HttpHead& answer) {
  limits().check();
  CallLimits uncancelled({.requestId = limits().requestId()}, {}, settings().ioTimeout);
  uncancelled.startStreaming();
  const auto error = trySend(DavCall::Put, request, content, answer, uncancelled);
  if (!error) {
    return;
  }
  auto failure = error->failure();
  if (mayHaveBegun(failure)) {
    failure.retry = Retry::OutcomeUnknown;
    failure.message += "; the file was being written in place, and may be cut off";
  }
  throw StorageError(std::move(failure));
}

/// A file that was cut is listed as before, until somebody reads it.
Outcome DavPutStream::lookAfterPutInPlace() {
  const auto now = tree().stat(target().path, limits());
  if (bearsOurMarks(now)) {
    return Outcome::Done;
  }
  return isChanged(existing(), now) ? Outcome::Unknown : Outcome::NotDone;
}

}  // namespace mediadock
