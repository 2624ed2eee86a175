#include "writing/whole_put.h"

#include "mediadock/storage_error.h"
#include "tree/outcome.h"
#include "writing/upload_folder.h"

#include <chrono>
#include <string>
#include <utility>

namespace mediadock::nextcloud {
namespace {

constexpr std::chrono::seconds kWithdrawTime{2};

/// Whether the server may have begun to write. It also sends 400 for an incomplete body.
bool mayHaveBegun(const StorageFailure& failure) {
  return failure.retry == Retry::OutcomeUnknown || failure.upstreamStatus == 400 ||
         failure.code == StorageErrc::Connection || failure.code == StorageErrc::Timeout;
}

}  // namespace

http_client::HttpRequest WholePut::wholePut(const char* condition, std::string value) {
  http_client::HttpRequest request{.method = "PUT",
                                   .target = target_.urls().target(target_.path()),
                                   .fields = {{condition, std::move(value)}, {"X-Hash", "sha256"}}};
  target_.addModifiedAt(request);
  return request;
}

/// The whole content is at hand and can be sent again.
std::optional<Entry> WholePut::create(std::string_view content) {
  const auto request = wholePut("If-None-Match", "*");
  http_client::HttpHead answer;
  try {
    carryOut({.send = [&] { sendNew(request, content, answer); },
              .look = [&] { return lookAfterPut(); },
              .timeout = target_.resolveTimeout(),
              .repeats = target_.settings().retries},
             target_.limits());
  } catch (const StorageError& error) {
    const int status = error.failure().upstreamStatus;
    const bool isKnown = error.failure().retry != Retry::OutcomeUnknown;
    if (isKnown && status == 412) {
      return refuseOrReplace();
    }
    if (isKnown && status == 413 && target_.chunkSizes().refuse(content.size())) {
      return std::nullopt;
    }
    throw;
  }
  return verify(answer, content);
}

void WholePut::sendNew(const http_client::HttpRequest& request, std::string_view content,
                       http_client::HttpHead& answer) {
  auto error = target_.trySend(DavCall::Put, request, content, answer, target_.limits());
  if (error && error->failure().upstreamStatus == 404) {
    target_.inspect();
    target_.makeParents();
    error = target_.trySend(DavCall::Put, request, content, answer, target_.limits());
  }
  if (error) {
    throw StorageError(*error);
  }
}

Outcome WholePut::lookAfterPut() {
  const auto now = target_.tree().stat(target_.path(), target_.limits());
  return !now ? Outcome::NotDone : target_.matchesOurWrite(now) ? Outcome::Done : Outcome::Unknown;
}

/// The target has changed since it was inspected.
std::optional<Entry> WholePut::refuseOrReplace() {
  if (target_.wanted().ifAbsent) {
    target_.refuseTaken();
  }
  target_.inspect();
  return std::nullopt;
}

/// By the server's hash of what it stored, if present, otherwise by size.
Entry WholePut::verify(const http_client::HttpHead& answer, std::string_view content) {
  try {
    refuseOtherHash(answer, content);
    return target_.confirm(answer);
  } catch (const StorageError& error) {
    if (error.code() == StorageErrc::ChecksumMismatch || error.code() == StorageErrc::Truncated) {
      withdraw(answer);
    }
    throw;
  }
}

/// Removes a file that we created and that the server stored incorrectly.
void WholePut::withdraw(const http_client::HttpHead& answer) noexcept {
  try {
    const http_client::CallLimits few(
        {.deadline = http_client::CallLimits::Clock::now() + kWithdrawTime}, {}, kWithdrawTime);
    if (const auto& etag = answer.field("ETag"); !etag.empty()) {
      target_.client()
          .exchange({.method = "DELETE",
                     .target = target_.urls().target(target_.path()),
                     .fields = {{"If-Match", std::string(etag)}}},
                    {}, few)
          .drain(few);
    }
  } catch (const std::exception&) {
    // The error being thrown already says that the file is bad.
  }
}

Entry WholePut::overwrite(std::string_view content, const StorageError& refusal) {
  const auto request =
      wholePut("If-Match", target_.wanted().ifMatch ? target_.wanted().ifMatch->str() : "*");
  http_client::HttpHead answer;
  try {
    carryOut({.send = [&] { sendInPlace(request, content, answer); },
              .look = [&] { return lookAfterPutInPlace(); },
              .timeout = target_.resolveTimeout(),
              .repeats = target_.settings().retries},
             target_.limits());
  } catch (const StorageError& error) {
    const bool isKnown = error.failure().retry != Retry::OutcomeUnknown;
    if (!isKnown || error.failure().upstreamStatus != 412) {
      throw;
    }
    if (target_.wanted().ifMatch) {
      target_.refuseTaken();
    }
    // The file is gone, and the server just refused to create a new one.
    throw StorageError(refusal);
  }
  refuseOtherHash(answer, content);
  return target_.confirm(answer);
}

void WholePut::sendInPlace(const http_client::HttpRequest& request, std::string_view content,
                           http_client::HttpHead& answer) {
  target_.limits().check();
  http_client::CallLimits uncancelled({.requestId = target_.limits().requestId()}, {},
                                      target_.settings().ioTimeout);
  uncancelled.startStreaming();
  const auto error = target_.trySend(DavCall::Put, request, content, answer, uncancelled);
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

/// A truncated file is listed as before until it is read.
Outcome WholePut::lookAfterPutInPlace() {
  const auto now = target_.tree().stat(target_.path(), target_.limits());
  if (target_.matchesOurWrite(now)) {
    return Outcome::Done;
  }
  return isChanged(target_.existing(), now) ? Outcome::Unknown : Outcome::NotDone;
}

}  // namespace mediadock::nextcloud
