#pragma once

/// \file
/// Requests to one storage server, with all that keeps both sides well: kept-alive connections,
/// retries, a limit of requests at one time, and rest for a server that fails.

#include "http/client/http_request.h"
#include "http/client/http_response.h"
#include "http/connection_settings.h"
#include "http/resilience/back_off.h"
#include "http/resilience/circuit_breaker.h"
#include "http/resilience/login_latch.h"
#include "http/resilience/traffic_limit.h"
#include "http/session_pool.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace mediadock {

/// A request whose body of known size is sent as it comes.
class StreamingPut {
 public:
  StreamingPut(std::unique_ptr<SessionLease> lease, TrafficTicket ticket, std::uint64_t size);

  /// \throws StorageError; where the server answered early, its answer is for `finish` to fetch.
  void write(std::string_view bytes, const CallLimits& limits);

  /// To be called after the last byte, or after `write` threw `Connection`.
  HttpResponse finish(const CallLimits& limits);

 private:
  std::unique_ptr<SessionLease> lease_;
  TrafficTicket ticket_;
  std::uint64_t left_;
};

/// Knows HTTP and our credentials, not what the requests mean. What a refusal means differs from
/// one kind of server to another: a client for one derives from this and says it.
///
/// Safe for concurrent use; must outlive its responses.
class StorageClient {
 public:
  StorageClient(const StorageClient&) = delete;
  StorageClient& operator=(const StorageClient&) = delete;
  virtual ~StorageClient() = default;

  /// Sends `body` and reads the head of the answer, whatever its status; of a refusal the body,
  /// too. A request that may be repeated is sent up to `retries` times more where the connection
  /// broke, the server was busy or a gateway failed, as long as the call lasts; at once where a
  /// kept connection broke before the answer. \throws StorageError `Connection`, `Tls`, `Timeout`,
  /// `Cancelled`, `Truncated`, `Protocol`; without asking the server `Unauthenticated`,
  /// `RateLimited`, `Unavailable` while it is spared.
  HttpResponse exchange(const HttpRequest& request, std::string_view body,
                        const CallLimits& limits);

  /// Sends the head of a request with `size` bytes to follow, always on a fresh connection: a body
  /// that is gone cannot be sent again. Its answer teaches nothing of the server's health; the
  /// requests around it do.
  StreamingPut startUpload(const HttpRequest& request, std::uint64_t size,
                           const CallLimits& limits);

  const Origin& origin() const noexcept { return sender_.origin; }

  /// How many requests may run at one time now.
  std::size_t allowedRequests() const { return traffic_.allowed(); }

  /// Whether few enough of them run for one caller to take several.
  bool isCalm() const { return traffic_.isCalm(); }

 protected:
  /// \param fields go with every request.
  StorageClient(const ConnectionSettings& settings, HttpFields fields,
                CircuitBreaker::RootDepth rootDepth, const TimeSource& time);

  /// Sends a request that reads, once and however the server fares: for `judge` to ask more.
  /// \throws StorageError as `exchange`.
  HttpResponse probe(const HttpRequest& request, const CallLimits& limits);

 private:
  /// What one request has to have before it is sent.
  struct Permits {
    std::optional<Passage> login;
    CircuitBreaker::Pass health;
    TrafficTicket ticket;
  };

  /// What `refusal`, an answer of 300 or more but 304, means; its body is at hand. Called from all
  /// threads that ask.
  /// \throws StorageError `Cancelled`, `Timeout`.
  virtual Verdict judge(HttpResponse& refusal, const CallLimits& limits) = 0;

  Permits acquirePermits(const HttpRequest& request, const CallLimits& limits);
  HttpResponse exchangeOnce(const HttpRequest& request, std::string_view body,
                            const CallLimits& limits);
  HttpResponse follow(HttpRequest request, std::string_view body, const CallLimits& limits);
  HttpResponse send(const HttpRequest& request, std::string_view body, TrafficTicket& ticket,
                    const CallLimits& limits);
  void learn(HttpResponse& response, Permits& permits, CallLimits::Clock::time_point since,
             const CallLimits& limits);

  HttpSender sender_;
  unsigned retries_;
  TimeSource time_;
  LoginLatch latch_;
  CircuitBreaker breaker_;
  TrafficLimit traffic_;
  ServerCooldown cooldown_;
  SessionPool pool_;
};

}  // namespace mediadock
