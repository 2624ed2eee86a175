#include "http/client/storage_client.h"

#include "http/authentication.h"
#include "http/redirect.h"
#include "http/server_date.h"
#include "http/tls_context.h"
#include "mediadock/storage_error.h"

#include <chrono>
#include <string>
#include <utility>

namespace mediadock::http_client {
namespace {

constexpr int kMaxRedirects = 5;

HttpResponse readResponse(std::unique_ptr<SessionLease> lease, ConcurrencyPermit& permit,
                          const HttpRequest& request, const CallLimits& limits) {
  auto head = readHead(lease->session(), limits);
  const auto encoding = head.field("Content-Encoding");
  if (!encoding.empty() && encoding != "identity" && !(request.takesGzip && encoding == "gzip")) {
    throw StorageError(StorageErrc::Protocol,
                       "the storage, or a proxy before it, sends a Content-Encoding unasked");
  }
  return {std::move(lease), std::move(permit), std::move(head), request.method == "HEAD"};
}

/// Rethrows a failure that occurred after the request was sent.
[[noreturn]] void rethrowAsUnknown(const StorageError& error) {
  auto failure = error.failure();
  failure.retry = Retry::OutcomeUnknown;
  throw StorageError(std::move(failure));
}

bool maySendAgain(const HttpRequest& request, const HttpResponse& response) {
  if (response.status() < 400 || !response.verdict()) {
    return false;
  }
  const auto rest =
      parseRetryAfter(response.head().field("Retry-After"), std::chrono::system_clock::now());
  // A 500 to a read is permanent; to a change it may come from a collision with another change.
  const bool mayPass =
      response.verdict()->isPassing || (response.status() == 500 && !isRead(request));
  return mayPass && (!rest || *rest <= ServerCooldown::kLongestWait);
}

}  // namespace

StreamingPut::StreamingPut(std::unique_ptr<SessionLease> lease, ConcurrencyPermit permit,
                           std::uint64_t size)
    : lease_(std::move(lease)),
      permit_(std::move(permit)),
      left_(size) {}

void StreamingPut::write(std::string_view bytes, const CallLimits& limits) {
  lease_->session().send(bytes, limits);
  left_ -= bytes.size();
}

HttpResponse StreamingPut::finish(const CallLimits& limits) {
  limits.progress();
  auto head = readHead(lease_->session(), limits);
  if (left_ > 0) {
    // An early response: the server would take the next request for the missing rest of the body.
    head.fields.emplace_back("Connection", "close");
  }
  return {std::move(lease_), std::move(permit_), std::move(head), false};
}

StorageClient::StorageClient(const ConnectionSettings& settings, HttpFields fields,
                             CircuitBreaker::RootDepth rootDepth, const TimeSource& time)
    : sender_{settings.origin, basicAuthorization(settings), std::move(fields)},
      retries_(settings.retries),
      time_(time),
      authBackoff_(time),
      breaker_(std::move(rootDepth), time),
      limiter_(settings.maxConnections, time),
      cooldown_(time),
      pool_(settings, settings.origin.isTls ? makeTlsContext(settings) : nullptr) {}

HttpResponse StorageClient::send(const HttpRequest& request, std::string_view body,
                                 ConcurrencyPermit& permit, const CallLimits& limits) {
  const auto head = makeHead(request, body.size(), sender_, limits.requestId());
  for (bool fresh = false;; fresh = true) {
    auto lease = pool_.acquire(fresh, limits);
    auto& session = lease->session();
    const bool mayRepeat = request.isRepeatable && lease->isReused();
    bool isSent = false;
    try {
      try {
        // A small body is sent together with its head, in one packet.
        const bool isSmall = body.size() <= 16384;
        session.send(isSmall ? head + std::string(body) : head, limits);
        session.send(isSmall ? std::string_view() : body, limits);
        isSent = true;
      } catch (const StorageError& error) {
        // A server may reject a body early: it responds and closes.
        if (error.code() != StorageErrc::Connection || mayRepeat) {
          throw;
        }
      }
      return readResponse(std::move(lease), permit, request, limits);
    } catch (const StorageError& error) {
      if (mayRepeat && error.code() == StorageErrc::Connection) {
        continue;
      }
      if (isSent && !request.isRepeatable) {
        rethrowAsUnknown(error);
      }
      throw;
    }
  }
}

HttpResponse StorageClient::probe(const HttpRequest& request, const CallLimits& limits) {
  ConcurrencyPermit permit = limiter_.enter(limits);
  return send(request, {}, permit, limits);
}

StorageClient::Permits StorageClient::acquirePermits(const HttpRequest& request,
                                                     const CallLimits& limits) {
  limits.progress();
  cooldown_.waitOut(limits);
  std::optional<BreakerPermit> login;
  if (request.sendsCredentials) {
    login.emplace(authBackoff_.enter(limits));
  } else {
    authBackoff_.check();
  }
  auto health = breaker_.enter(request.target, limits);
  auto permit = limiter_.enter(limits);
  limits.progress();
  return {std::move(login), std::move(health), std::move(permit)};
}

HttpResponse StorageClient::exchangeOnce(const HttpRequest& request, std::string_view body,
                                         const CallLimits& limits) {
  auto permits = acquirePermits(request, limits);
  const auto since = permits.permit.since();
  try {
    auto response = send(request, body, permits.permit, limits);
    learn(response, permits, since, limits);
    return response;
  } catch (const StorageError& error) {
    if (error.code() == StorageErrc::Connection || error.code() == StorageErrc::Timeout) {
      breaker_.learn(permits.health, ServerCondition::Gateway, error.failure());
    }
    throw;
  }
}

void StorageClient::learn(HttpResponse& response, Permits& permits,
                          CallLimits::Clock::time_point since, const CallLimits& limits) {
  if (response.status() >= 300 && response.status() != 304) {
    response.bufferErrorBody(limits);
    response.verdict_ = classify(response, limits);
  }
  const auto verdict = response.verdict_.value_or(Verdict{});
  const auto condition = verdict.condition;
  const auto& failure = verdict.failure;
  if (permits.login) {
    AuthFailureBackoff::learn(*permits.login, condition, failure);
  }
  breaker_.learn(permits.health, condition, failure);
  if (condition == ServerCondition::Throttled || condition == ServerCondition::Overload) {
    limiter_.decrease(since);
    cooldown_.start(failure.retryAfter.value_or(std::chrono::seconds(0)), failure);
  }
}

/// Follows up to five redirects of a read. A change is never sent to another target.
HttpResponse StorageClient::follow(HttpRequest request, std::string_view body,
                                   const CallLimits& limits) {
  for (int hop = 0;; ++hop) {
    auto response = exchangeOnce(request, body, limits);
    auto target = redirectTarget(response.head(), sender_.origin);
    const bool isFollowed = hop < kMaxRedirects && target && isRead(request) &&
                            (request.followsSlash || *target != request.target + "/");
    if (!isFollowed) {
      return response;
    }
    request.target = std::move(*target);
  }
}

HttpResponse StorageClient::exchange(const HttpRequest& request, std::string_view body,
                                     const CallLimits& limits) {
  for (unsigned attempt = 0;; ++attempt) {
    const auto pause = retryPause(attempt, time_.random());
    const auto mayWait = [&] {
      return request.isRepeatable && attempt < retries_ &&
             CallLimits::Clock::now() + pause < limits.waitEnd();
    };
    try {
      auto response = follow(request, body, limits);
      if (!mayWait() || !maySendAgain(request, response)) {
        return response;
      }
    } catch (const StorageError& error) {
      if (error.code() != StorageErrc::Connection || !mayWait()) {
        throw;
      }
    }
    limits.pause(pause);
  }
}

StreamingPut StorageClient::startUpload(const HttpRequest& request, std::uint64_t size,
                                        const CallLimits& limits) {
  auto permits = acquirePermits(request, limits);
  auto lease = pool_.acquire(true, limits);
  lease->session().send(makeHead(request, size, sender_, limits.requestId()), limits);
  return {std::move(lease), std::move(permits.permit), size};
}

}  // namespace mediadock::http_client
