#pragma once

/// \file
/// HTTP client for one storage server: connection reuse, retries, a concurrency limit, and a
/// circuit breaker for a failing server.

#include "http/client/http_request.h"
#include "http/client/http_response.h"
#include "http/connection_settings.h"
#include "http/resilience/auth_failure_backoff.h"
#include "http/resilience/back_off.h"
#include "http/resilience/circuit_breaker.h"
#include "http/resilience/concurrency_limiter.h"
#include "http/session_pool.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace mediadock::http_client {

/// A request whose body, of known size, is sent while it is produced.
class StreamingPut {
 public:
  StreamingPut(std::unique_ptr<SessionLease> lease, ConcurrencyPermit permit, std::uint64_t size);

  /// \throws StorageError `Connection` also if the server responded early: `finish` returns the
  ///   response.
  void write(std::string_view bytes, const CallLimits& limits);

  /// Call after the last byte, or after `write` threw `Connection`.
  HttpResponse finish(const CallLimits& limits);

 private:
  std::unique_ptr<SessionLease> lease_;
  ConcurrencyPermit permit_;
  std::uint64_t left_;
};

/// Knows HTTP and our credentials, but not what the requests mean. What an error response means
/// depends on the kind of server: a derived class decides that in `classify`.
///
/// Thread-safe; must outlive its responses.
class StorageClient {
 public:
  StorageClient(const StorageClient&) = delete;
  StorageClient& operator=(const StorageClient&) = delete;
  virtual ~StorageClient() = default;

  /// Sends `body` and reads the head of the response, whatever its status; of an error response
  /// also the body. A repeatable request is retried up to `retries` times within the call's limits
  /// if the connection broke, the server was busy or a gateway failed; without a pause if a reused
  /// connection broke before the response.
  /// \throws StorageError `Connection`, `Tls`, `Timeout`, `Cancelled`, `Truncated`, `Protocol`;
  ///   without contacting the server `Unauthenticated`, `RateLimited`, `Unavailable` during a
  ///   cooldown.
  HttpResponse exchange(const HttpRequest& request, std::string_view body,
                        const CallLimits& limits);

  /// Sends the head of a request with `size` bytes to follow, always on a new connection: a body
  /// that is sent while it is produced cannot be sent again. The response does not count for the
  /// server's health; the surrounding requests do.
  StreamingPut startUpload(const HttpRequest& request, std::uint64_t size,
                           const CallLimits& limits);

  const Origin& origin() const noexcept { return sender_.origin; }

  /// How many requests may currently run at the same time.
  std::size_t allowedRequests() const { return limiter_.allowed(); }

  /// Whether enough of them are free for one caller to use several.
  bool hasSpareCapacity() const { return limiter_.hasSpareCapacity(); }

 protected:
  /// \param fields are sent with every request.
  StorageClient(const ConnectionSettings& settings, HttpFields fields,
                CircuitBreaker::RootDepth rootDepth, const TimeSource& time);

  /// Sends a read request once, bypassing the circuit breaker: for additional queries in
  /// `classify`. \throws StorageError as `exchange`.
  HttpResponse probe(const HttpRequest& request, const CallLimits& limits);

 private:
  /// The permits that a request needs before it is sent.
  struct Permits {
    std::optional<BreakerPermit> login;
    CircuitBreaker::Permits health;
    ConcurrencyPermit permit;
  };

  /// Interprets `refusal`, a response with a status of 300 or more except 304, whose body is
  /// buffered. Called concurrently.
  /// \throws StorageError `Cancelled`, `Timeout`.
  virtual Verdict classify(HttpResponse& refusal, const CallLimits& limits) = 0;

  Permits acquirePermits(const HttpRequest& request, const CallLimits& limits);
  HttpResponse exchangeOnce(const HttpRequest& request, std::string_view body,
                            const CallLimits& limits);
  HttpResponse follow(HttpRequest request, std::string_view body, const CallLimits& limits);
  HttpResponse send(const HttpRequest& request, std::string_view body, ConcurrencyPermit& permit,
                    const CallLimits& limits);
  void learn(HttpResponse& response, Permits& permits, CallLimits::Clock::time_point since,
             const CallLimits& limits);

  HttpSender sender_;
  unsigned retries_;
  TimeSource time_;
  AuthFailureBackoff authBackoff_;
  CircuitBreaker breaker_;
  ConcurrencyLimiter limiter_;
  ServerCooldown cooldown_;
  SessionPool pool_;
};

}  // namespace mediadock::http_client
