#include "http/exchange/problem.h"

#include "http/syntax/http_status.h"
#include "http/syntax/json_writer.h"

namespace mediadock::http {
namespace {

/// The detail if the storage's own message is not meant for the client.
std::string_view plainWords(StorageErrc code) noexcept {
  switch (code) {
    case StorageErrc::NotFound:
      return "there is no such file or folder";
    case StorageErrc::AlreadyExists:
      return "something by that name is there already";
    case StorageErrc::NotADirectory:
      return "a file stands where a folder is needed";
    case StorageErrc::IsADirectory:
      return "a folder stands where a file is needed";
    case StorageErrc::DirectoryNotEmpty:
      return "the folder is not empty";
    case StorageErrc::InvalidPath:
      return "the path cannot be used";
    case StorageErrc::InvalidArgument:
      return "a parameter cannot be used";
    case StorageErrc::Unsupported:
      return "the storage cannot do that";
    case StorageErrc::Unauthenticated:
      return "the storage refused the server's credentials";
    case StorageErrc::PermissionDenied:
      return "the storage does not allow that";
    case StorageErrc::PreconditionFailed:
      return "the file is not in the state that the request asked for";
    case StorageErrc::RangeNotSatisfiable:
      return "the range lies outside the file";
    case StorageErrc::Locked:
      return "the file is locked by somebody else";
    case StorageErrc::Conflict:
      return "the state of the storage does not allow that";
    case StorageErrc::InsufficientStorage:
      return "the storage is full";
    case StorageErrc::PayloadTooLarge:
      return "the storage does not take files of that size";
    case StorageErrc::RejectedContent:
      return "the storage refuses the content of the file";
    case StorageErrc::RateLimited:
      return "the storage is asked too often; try again later";
    case StorageErrc::Unavailable:
      return "the storage is not available";
    case StorageErrc::Timeout:
      return "the storage did not answer in time";
    case StorageErrc::Cancelled:
      return "the server is stopping";
    case StorageErrc::Connection:
      return "the storage cannot be reached";
    case StorageErrc::Tls:
      return "no secure connection to the storage is possible";
    case StorageErrc::Protocol:
      return "the storage answered something that cannot be understood";
    case StorageErrc::Truncated:
      return "the storage broke off";
    case StorageErrc::ChecksumMismatch:
      return "digest mismatch: the bytes are not the ones that were announced";
    case StorageErrc::NotModified:
    case StorageErrc::ConfigInvalid:
    case StorageErrc::Internal:
      break;
  }
  return "the server failed; its log knows more under the request id";
}

/// Whether the error's message is about the client's input, or meant for the client.
bool speaksToCaller(StorageErrc code) noexcept {
  return code == StorageErrc::InvalidPath || code == StorageErrc::InvalidArgument ||
         code == StorageErrc::Unavailable || code == StorageErrc::Unsupported;
}

std::string detailOf(const StorageError& error) {
  const std::string message = error.what();
  const bool namesAnAddress = message.find("://") != std::string::npos;
  if (speaksToCaller(error.code()) && !message.empty() && !namesAnAddress) {
    return message;
  }
  return std::string(plainWords(error.code()));
}

/// Seconds to wait if the storage did not specify; 0 if waiting does not help.
int defaultWait(int status) noexcept {
  return status == 503 ? 10 : status == 423 || status == 429 ? 5 : 0;
}

}  // namespace

int statusOf(StorageErrc code) noexcept {
  switch (code) {
    case StorageErrc::InvalidPath:
    case StorageErrc::InvalidArgument:
    case StorageErrc::ChecksumMismatch:
      return 400;
    case StorageErrc::PermissionDenied:
      return 403;
    case StorageErrc::NotFound:
      return 404;
    case StorageErrc::AlreadyExists:
    case StorageErrc::NotADirectory:
    case StorageErrc::IsADirectory:
    case StorageErrc::DirectoryNotEmpty:
    case StorageErrc::Conflict:
      return 409;
    case StorageErrc::PreconditionFailed:
      return 412;
    case StorageErrc::PayloadTooLarge:
      return 413;
    case StorageErrc::RangeNotSatisfiable:
      return 416;
    case StorageErrc::RejectedContent:
      return 422;
    case StorageErrc::Locked:
      return 423;
    case StorageErrc::RateLimited:
      return 429;
    case StorageErrc::Unsupported:
      return 501;
    // The storage rejected this server, not the client.
    case StorageErrc::Unauthenticated:
    case StorageErrc::Tls:
    case StorageErrc::Protocol:
    case StorageErrc::Truncated:
      return 502;
    case StorageErrc::Unavailable:
    case StorageErrc::Connection:
    case StorageErrc::Cancelled:
    case StorageErrc::ConfigInvalid:
      return 503;
    case StorageErrc::Timeout:
      return 504;
    case StorageErrc::InsufficientStorage:
      return 507;
    case StorageErrc::NotModified:
    case StorageErrc::Internal:
      break;
  }
  return 500;
}

Problem toProblem(const StorageError& error) {
  Problem problem{.status = statusOf(error.code()),
                  .detail = detailOf(error),
                  .type = "urn:mediadock:problem:" + std::string(toString(error.code()))};
  if (const int wait = defaultWait(problem.status); wait != 0) {
    const auto seconds = error.failure().retryAfter.value_or(std::chrono::seconds(wait)).count();
    problem.headers.emplace_back("Retry-After", std::to_string(seconds));
  }
  return problem;
}

Problem toProblem(const media::RefusedType& error) {
  return {.status = 415, .detail = error.what()};
}

Problem toProblem(const media::UploadKeyError& error) {
  using Reason = media::UploadKeyError::Reason;
  Problem problem{.status = 409, .detail = error.what()};
  switch (error.reason()) {
    case Reason::OtherUpload:
      problem.status = 422;
      break;
    case Reason::BrokenOff:
      problem.status = 503;
      [[fallthrough]];
    case Reason::InUse:
      problem.headers.emplace_back("Retry-After", "1");
      break;
    case Reason::Gone:
      break;
  }
  return problem;
}

Problem toProblem(const media::UnfinishedLimitReached& error) {
  using Limit = media::UnfinishedLimitReached::Limit;
  switch (error.limit()) {
    case Limit::Uploads:
      return {.status = 429, .detail = error.what(), .headers = {{"Retry-After", "60"}}};
    case Limit::Bytes:
      return {.status = 507, .detail = error.what()};
    case Limit::UploadBytes:
      break;
  }
  return {.status = 413, .detail = error.what()};
}

std::string describe(const StorageError& error) {
  const StorageFailure& failure = error.failure();
  std::string text = failure.message + " (" + std::string(toString(failure.code));
  if (!failure.operation.empty()) {
    text += " in " + failure.operation + " of '" + failure.path + "'";
  }
  if (failure.upstreamStatus != 0) {
    text += ", status " + std::to_string(failure.upstreamStatus);
  }
  return text + ")";
}

std::string toJson(const Problem& problem, std::string_view requestId) {
  JsonWriter json;
  json.beginObject();
  json.key("type").value(problem.type);
  json.key("title").value(reasonPhrase(problem.status));
  json.key("status").value(static_cast<std::uint64_t>(problem.status));
  json.key("detail").value(problem.detail);
  json.key("request_id").value(requestId);
  json.endObject();
  return json.take();
}

}  // namespace mediadock::http
