#pragma once

/// \file
/// The pool of kept-alive connections to one server.

#include "http/connection_settings.h"
#include "http/http_session.h"

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <vector>

namespace mediadock::http_client {

class SessionPool;

/// A connection lent for one exchange. Meanwhile, the end of the call interrupts it.
class SessionLease {
 public:
  SessionLease(SessionPool& pool, std::unique_ptr<HttpSession> session, bool isReused,
               const std::stop_token& stop);
  ~SessionLease();

  SessionLease(const SessionLease&) = delete;
  SessionLease& operator=(const SessionLease&) = delete;

  HttpSession& session() noexcept { return *session_; }

  /// Whether the connection served an earlier exchange, and so may have been closed by the server.
  bool isReused() const noexcept { return isReused_; }

  /// The exchange is complete and the connection may be reused. Otherwise it is closed.
  void keep() noexcept { isKept_ = true; }

 private:
  SessionPool& pool_;
  std::unique_ptr<HttpSession> session_;
  bool isReused_;
  bool isKept_ = false;
  std::optional<std::stop_callback<std::function<void()>>> onStop_;
};

/// Lends the most recently used connection first, and closes those idle for more than 4.5 s. The
/// number of lent connections is limited by `ConcurrencyLimiter`. Thread-safe; must outlive its
/// leases.
class SessionPool {
 public:
  SessionPool(const ConnectionSettings& settings, Poco::Net::Context::Ptr tls);

  /// Lends an idle connection, or a new one; always a new one if `fresh`.
  /// \throws StorageError `Connection`, `Tls`, `Timeout`, `Cancelled`.
  std::unique_ptr<SessionLease> acquire(bool fresh, const CallLimits& limits);

 private:
  friend class SessionLease;

  struct Idle {
    std::unique_ptr<HttpSession> session;
    CallLimits::Clock::time_point since;
  };

  std::unique_ptr<HttpSession> takeIdle();
  std::unique_ptr<HttpSession> makeSession();
  void giveBack(std::unique_ptr<HttpSession> session, bool isKept) noexcept;

  Origin origin_;
  Poco::Net::Context::Ptr tls_;
  std::chrono::milliseconds connectTimeout_;

  std::mutex mutex_;
  // Guarded by mutex_.
  std::vector<Idle> idle_;
  Poco::Net::Session::Ptr tlsSession_;
};

}  // namespace mediadock::http_client
