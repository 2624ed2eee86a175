#include "dav/status_error.h"

#include "http/authentication.h"
#include "http/redirect.h"
#include "http/server_date.h"

#include <algorithm>
#include <string_view>
#include <strings.h>
#include <utility>

namespace mediadock::nextcloud {
namespace {

struct Meaning {
  StorageErrc code;
  Retry retry;
  const char* words;
};

/// Not retryable, which distinguishes an unreachable external storage from an unreachable server.
constexpr Meaning kDeadStorage{StorageErrc::Unavailable, Retry::Never,
                               "one storage behind the server is down"};

bool changesSomething(DavCall call) {
  return call != DavCall::Discover && call != DavCall::Look && call != DavCall::Read &&
         call != DavCall::PutPart;
}

/// The messages are Nextcloud's own: one for a storage that does not respond, one for a storage
/// that no longer exists, which comes with a 404.
bool isDeadStorage(const DavErrorBody& body) {
  return body.message.find("torage is temporarily not available") != std::string::npos ||
         (body.message.starts_with("Storage ") && body.message.ends_with(" is invalid")) ||
         body.exception.ends_with("StorageNotAvailableException") ||
         body.exception.ends_with("StorageInvalidException");
}

/// Nextcloud reports the login of a disabled account as a server error.
bool isDisabledAccount(const DavRefusal& refusal) {
  return refusal.status == 503 &&
         refusal.body.message.find("DisabledUserException") != std::string::npos;
}

bool startsWithIgnoringCase(const std::string& text, std::string_view start) {
  return text.size() >= start.size() && ::strncasecmp(text.data(), start.data(), start.size()) == 0;
}

/// The only sign of maintenance is the exception (WebDAV responses lack the header), so
/// `/status.php` takes precedence over the texts.
http_client::ServerCondition conditionOfUnavailable(const DavRefusal& refusal) {
  const auto& body = refusal.body;
  const bool seemsMaintenance = body.exception.ends_with("ServerMaintenanceMode") ||
                                body.message.find("maintenance") != std::string::npos;
  if (refusal.isInMaintenance.value_or(seemsMaintenance)) {
    return http_client::ServerCondition::Maintenance;
  }
  return isDeadStorage(body) ? http_client::ServerCondition::DeadStorage
                             : http_client::ServerCondition::Overload;
}

std::optional<bool> maintenanceOf(const http_client::HttpResponse& response) {
  const auto& verdict = response.verdict();
  return verdict ? std::optional(verdict->condition == http_client::ServerCondition::Maintenance)
                 : std::nullopt;
}

bool takesNoBasic(const DavRefusal& refusal) {
  return refusal.status == 401 && !refusal.schemes.empty() &&
         !http_client::namesBasic(refusal.schemes);
}

/// 400 is used for forbidden names as well as for malformed requests; sabre's exception tells
/// which.
Meaning badRequest(DavCall call, const DavErrorBody& body) {
  if (body.exception.ends_with("InvalidPath") || body.exception.ends_with("InvalidPathException")) {
    return {StorageErrc::InvalidPath, Retry::Never, "the storage forbids this name"};
  }
  if (call == DavCall::Publish && body.message.ends_with("is a directory.")) {
    return {StorageErrc::IsADirectory, Retry::Never, "a directory stands there"};
  }
  return {StorageErrc::Protocol, Retry::Never, "the storage does not understand the request"};
}

Meaning conflict(DavCall call, const DavErrorBody& body) {
  switch (call) {
    case DavCall::Put:
    case DavCall::PutPart:
      if (body.message.find("non-files") != std::string::npos) {
        return {StorageErrc::IsADirectory, Retry::Never, "a directory stands there"};
      }
      [[fallthrough]];
    case DavCall::Publish:
    case DavCall::MakeDirectory:
    case DavCall::Move:
    case DavCall::Copy:
      return {StorageErrc::NotFound, Retry::Never, "the parent directory is missing"};
    default:
      return {StorageErrc::Conflict, Retry::Never, "the storage's state forbids it"};
  }
}

Meaning clientFault(DavCall call, const DavRefusal& refusal) {
  switch (refusal.status) {
    case 400:
      return badRequest(call, refusal.body);
    case 401:
      return {StorageErrc::Unauthenticated, Retry::Never,
              "the storage refuses our credentials; is the app password right, and the account "
              "enabled?"};
    case 403:
      return {StorageErrc::PermissionDenied, Retry::Never, "the storage does not permit it"};
    case 404:
    case 410:
      if (isDeadStorage(refusal.body)) {
        return kDeadStorage;
      }
      return {StorageErrc::NotFound, Retry::Never, "nothing there, or its parent is missing"};
    case 405:
      return call == DavCall::MakeDirectory
                 ? Meaning{StorageErrc::AlreadyExists, Retry::Never, "something stands there"}
                 : Meaning{StorageErrc::Unsupported, Retry::Never, "the storage cannot do that"};
    case 408:
      return {StorageErrc::Timeout, Retry::Safe, "the storage grew tired of waiting"};
    case 409:
      return conflict(call, refusal.body);
    case 412:
      return {StorageErrc::PreconditionFailed, Retry::Never, "the condition does not hold"};
    case 413:
      return {StorageErrc::PayloadTooLarge, Retry::Never,
              "too large for the storage, or for the body limit of a proxy before it"};
    case 414:
    case 431:
      return {StorageErrc::InvalidPath, Retry::Never, "the path is too long for the storage"};
    case 415:
    case 422:
      return call == DavCall::Put || call == DavCall::PutPart || call == DavCall::Publish
                 ? Meaning{StorageErrc::RejectedContent, Retry::Never,
                           "the storage refuses this content"}
                 : Meaning{StorageErrc::Conflict, Retry::Never, "the storage's state forbids it"};
    case 416:
      return {StorageErrc::RangeNotSatisfiable, Retry::Never, "the range is behind the end"};
    case 423:
      return {StorageErrc::Locked, Retry::AfterDelay, "somebody else holds a lock"};
    case 424:
      return {StorageErrc::Conflict, Retry::Never, "the storage's state forbids it"};
    case 425:
      return {StorageErrc::Unavailable, Retry::AfterDelay, "the storage wants it later"};
    case 429:
      return {StorageErrc::RateLimited, Retry::AfterDelay,
              "too many requests, or too many wrong logins from this address"};
    default:
      return {StorageErrc::Protocol, Retry::Never, "the storage refuses in an unknown way"};
  }
}

Meaning unavailable(const DavRefusal& refusal) {
  if (isDisabledAccount(refusal)) {
    return {StorageErrc::Unauthenticated, Retry::Never, "our account at the storage is disabled"};
  }
  const auto condition = conditionOfUnavailable(refusal);
  if (condition == http_client::ServerCondition::DeadStorage) {
    return kDeadStorage;
  }
  return {StorageErrc::Unavailable, Retry::AfterDelay,
          condition == http_client::ServerCondition::Maintenance ? "the storage is in maintenance"
                                                                 : "the storage is overloaded"};
}

Meaning serverFault(DavCall call, const DavRefusal& refusal) {
  const auto doubt = changesSomething(call) ? Retry::OutcomeUnknown : Retry::Safe;
  switch (refusal.status) {
    case 500:
      return isLock(refusal)
                 ? Meaning{StorageErrc::Locked, Retry::AfterDelay, "somebody else holds a lock"}
                 : Meaning{StorageErrc::Protocol, doubt, "the storage has a fault"};
    case 501:
      return {StorageErrc::Unsupported, Retry::Never, "the storage cannot do that"};
    case 502:
      return {StorageErrc::Unavailable, doubt, "a proxy cannot reach the storage"};
    case 503:
      return unavailable(refusal);
    case 504:
      return {StorageErrc::Timeout, doubt, "a proxy gave up waiting for the storage"};
    case 507:
      return {StorageErrc::InsufficientStorage, Retry::Never, "the storage is full"};
    default:
      return {StorageErrc::Protocol, doubt, "the storage has a fault"};
  }
}

}  // namespace

bool isLock(const DavRefusal& refusal) {
  return refusal.status == 423 ||
         (refusal.status == 500 && refusal.body.exception.ends_with("LockedException"));
}

http_client::ServerCondition conditionOf(const DavRefusal& refusal) {
  switch (refusal.status) {
    case 401:
      return http_client::ServerCondition::WrongLogin;
    case 429:
      return refusal.retryAfter.empty() &&
                     (refusal.body.isOcs || refusal.body.exception.ends_with("TooManyRequests"))
                 ? http_client::ServerCondition::LockedOut
                 : http_client::ServerCondition::Throttled;
    case 500:
      return isLock(refusal) ? http_client::ServerCondition::None
                             : http_client::ServerCondition::Fault;
    case 503:
      return isDisabledAccount(refusal) ? http_client::ServerCondition::WrongLogin
                                        : conditionOfUnavailable(refusal);
    case 501:
    case 505:
    case 507:
      return http_client::ServerCondition::None;
    default:
      return refusal.status > 501 ? http_client::ServerCondition::Gateway
                                  : http_client::ServerCondition::None;
  }
}

bool isPassing(const DavRefusal& refusal) {
  const auto condition = conditionOf(refusal);
  return condition == http_client::ServerCondition::Throttled ||
         condition == http_client::ServerCondition::Overload ||
         condition == http_client::ServerCondition::Gateway || isLock(refusal);
}

StorageFailure toFailure(DavCall call, const DavRefusal& refusal) {
  StorageFailure failure{.upstreamStatus = refusal.status};
  std::string words;
  if (refusal.status >= 300 && refusal.status < 400) {
    failure.code = StorageErrc::Protocol;
    words = "the storage redirects to " + http_client::redirectHost(refusal.location) +
            "; correct 'url'";
  } else if (refusal.status < 300) {
    failure.code = StorageErrc::Protocol;
    failure.retry = changesSomething(call) ? Retry::OutcomeUnknown : Retry::Never;
    words = "the storage answers what this request does not allow (a login page?)";
  } else {
    const auto meaning =
        refusal.status < 500 ? clientFault(call, refusal) : serverFault(call, refusal);
    failure.code = meaning.code;
    failure.retry = meaning.retry;
    words = takesNoBasic(refusal) ? "the storage asks for the login '" + refusal.schemes +
                                        "'; only Basic can be given, a user name with a password"
                                  : meaning.words;
  }
  failure.message = "HTTP " + std::to_string(refusal.status) + ": " + words;
  if (!refusal.body.exception.empty()) {
    failure.message += " [" + refusal.body.exception + "]";
  }
  if (!refusal.body.message.empty()) {
    failure.message += ": " + refusal.body.message;
  }
  failure.retryAfter =
      http_client::parseRetryAfter(refusal.retryAfter, std::chrono::system_clock::now());
  return failure;
}

bool isDone(const http_client::HttpResponse& response) {
  const auto& head = response.head();
  // A response without a body may have a Content-Type, but no length (RFC 9110 §8.6).
  const bool hasBody = head.status != 204 && head.status != 205 && response.length() != 0U;
  const bool isPage = hasBody && startsWithIgnoringCase(head.field("Content-Type"), "text/html") &&
                      !head.has("ETag") && !head.has("OC-ETag") && !head.has("Location");
  return head.status >= 200 && head.status < 300 && head.status != 202 && head.status != 207 &&
         !isPage;
}

bool isMultistatus(const http_client::HttpHead& head) {
  const auto& type = head.field("Content-Type");
  return head.status == 207 ||
         (head.status == 200 && (startsWithIgnoringCase(type, "text/xml") ||
                                 startsWithIgnoringCase(type, "application/xml")));
}

DavRefusal readRefusal(http_client::HttpResponse& response, const http_client::CallLimits& limits) {
  DavRefusal refusal{.status = response.status(),
                     .retryAfter = response.head().field("Retry-After"),
                     .location = response.head().field("Location"),
                     .schemes = http_client::offeredSchemes(response.head()),
                     .isInMaintenance = maintenanceOf(response)};
  try {
    refusal.body = parseDavErrorBody(response.text(http_client::kMaxErrorBodyBytes, limits));
  } catch (const StorageError& error) {
    // The status is known; an incomplete body must not hide it.
    if (error.code() == StorageErrc::Cancelled) {
      throw;
    }
  }
  return refusal;
}

void requireAbsence(DavCall call, http_client::HttpResponse& response,
                    const http_client::CallLimits& limits) {
  auto failure = toFailure(call, readRefusal(response, limits));
  if (failure.code != StorageErrc::NotFound) {
    throw StorageError(std::move(failure));
  }
}

void throwRefusal(DavCall call, http_client::HttpResponse& response,
                  const http_client::CallLimits& limits) {
  throw StorageError(toFailure(call, readRefusal(response, limits)));
}

}  // namespace mediadock::nextcloud
