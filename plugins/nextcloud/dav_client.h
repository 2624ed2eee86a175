#pragma once

/// \file
/// One request and its answer. Knows HTTP and our credentials, not what the requests mean.

#include "circuit_breaker.h"
#include "dav_request.h"
#include "gzip_reader.h"
#include "http_body.h"
#include "login_latch.h"
#include "patience.h"
#include "session_pool.h"
#include "traffic_limit.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mediadock {

class DavUpload;

/// An answer whose body is still to be read. Destroying it gives the connection back where the body
/// was read to its end, else closes it.
class DavResponse {
 public:
  DavResponse(std::unique_ptr<SessionLease> lease, TrafficTicket ticket, HttpHead head,
              bool isHeadRequest);
  DavResponse(DavResponse&&) noexcept = default;
  DavResponse& operator=(DavResponse&&) = delete;
  ~DavResponse();

  int status() const noexcept { return head_.status; }

  const HttpHead& head() const noexcept { return head_; }

  /// The body's size, where the head tells.
  std::optional<std::uint64_t> length() const noexcept {
    return gzip_ ? std::nullopt : body_.length();
  }

  /// Gives some of the body, or 0 at its verified end.
  std::size_t read(std::span<std::byte> bytes, const CallLimits& limits);

  /// Whether `read` has something to go on with, the end included; waits for it at most until
  /// `until`. After a `read` that filled its block there may be more than this knows of.
  /// \throws StorageError `Cancelled`, `Connection`.
  bool awaitMore(CallLimits::Clock::time_point until, const CallLimits& limits) const;

  /// As `read`, into the empty pipe `pipe`, without copying; nothing where that cannot be done.
  std::optional<std::size_t> splice(int pipe, std::size_t most, const CallLimits& limits);

  /// The body, cut at `maxBytes`. Of a refusal it can be had again and again.
  std::string text(std::size_t maxBytes, const CallLimits& limits);

  /// Reads what is left where that is cheap, so that the connection can serve again.
  void drain(const CallLimits& limits) noexcept;

  /// Of a 503: what `/status.php` says to that.
  std::optional<bool> isInMaintenance() const noexcept { return isInMaintenance_; }

  /// Whether this redirects to `target` with a slash behind it, on `origin`.
  bool isSlashRedirect(const std::string& target, const Origin& origin) const;

 private:
  friend class DavClient;

  /// Reads a refusal's body and frees the connection.
  /// \throws StorageError `Cancelled`.
  void hold(const CallLimits& limits);
  void giveBack() noexcept;

  std::unique_ptr<SessionLease> lease_;
  std::optional<TrafficTicket> ticket_;
  HttpHead head_;
  HttpBody body_;
  /// The body where it was read by `hold`.
  std::optional<std::string> held_;
  std::optional<bool> isInMaintenance_;
  /// Nothing where the body is not compressed.
  std::unique_ptr<GzipReader> gzip_;
};

/// Safe for concurrent use; must outlive its answers.
class DavClient {
 public:
  explicit DavClient(const NextcloudSettings& settings, const TimeSource& time = {});

  /// Sends `body` and reads the head of the answer, whatever its status; of a refusal the body,
  /// too. A request that may be repeated is sent up to `retries` times more where the connection
  /// broke, the server was busy or a gateway failed, as long as the call lasts; at once where a
  /// kept connection broke before the answer. \throws StorageError `Connection`, `Tls`, `Timeout`,
  /// `Cancelled`, `Truncated`, `Protocol`; without asking the server `Unauthenticated`,
  /// `RateLimited`, `Unavailable` while it is spared.
  DavResponse exchange(const DavRequest& request, std::string_view body, const CallLimits& limits);

  /// Sends the head of a request with `size` bytes to follow, always on a fresh connection: a body
  /// that is gone cannot be sent again. Its answer teaches nothing of the server's health; the
  /// requests around it do.
  DavUpload startUpload(const DavRequest& request, std::uint64_t size, const CallLimits& limits);

  const Origin& origin() const noexcept { return origin_; }

  /// How many requests may run at one time now.
  std::size_t allowedRequests() const { return traffic_.allowed(); }

  /// Whether few enough of them run for one caller to take several.
  bool isCalm() const { return traffic_.isCalm(); }

 private:
  /// What one request goes through before it is sent.
  struct Way {
    std::optional<Passage> login;
    CircuitBreaker::Pass health;
    TrafficTicket ticket;
  };

  Way enter(const DavRequest& request, const CallLimits& limits);
  DavResponse exchangeOnce(const DavRequest& request, std::string_view body,
                           const CallLimits& limits);
  DavResponse follow(DavRequest request, std::string_view body, const CallLimits& limits);
  DavResponse send(const DavRequest& request, std::string_view body, TrafficTicket& ticket,
                   const CallLimits& limits);
  void learn(DavResponse& response, Way& way, CallLimits::Clock::time_point since,
             const CallLimits& limits);
  std::optional<bool> askMaintenance(const CallLimits& limits);
  static bool maySendAgain(const DavRequest& request, DavResponse& response,
                           const CallLimits& limits);

  Origin origin_;
  std::string authorization_;
  std::string statusTarget_;
  unsigned retries_;
  TimeSource time_;
  LoginLatch latch_;
  CircuitBreaker breaker_;
  TrafficLimit traffic_;
  Patience patience_;
  SessionPool pool_;

  std::mutex statusMutex_;
  // Guarded by statusMutex_.
  std::optional<bool> isInMaintenance_;
  CallLimits::Clock::time_point statusAskedAt_{};
};

}  // namespace mediadock
