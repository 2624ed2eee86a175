#include "http/session_pool.h"

#include <utility>

namespace mediadock::http_client {
namespace {

/// Below the default keep-alive timeout of servers (Apache: 5 s).
constexpr std::chrono::milliseconds kIdleLimit{4500};

}  // namespace

SessionLease::SessionLease(SessionPool& pool, std::unique_ptr<HttpSession> session, bool isReused,
                           const std::stop_token& stop)
    : pool_(pool),
      session_(std::move(session)),
      isReused_(isReused) {
  onStop_.emplace(stop, [raw = session_.get()] { raw->interrupt(); });
}

SessionLease::~SessionLease() {
  // Waits for a running interrupt, which must not hit the next borrower.
  onStop_.reset();
  pool_.giveBack(std::move(session_), isKept_);
}

SessionPool::SessionPool(const ConnectionSettings& settings, Poco::Net::Context::Ptr tls)
    : origin_(settings.origin),
      tls_(std::move(tls)),
      connectTimeout_(settings.connectTimeout) {}

std::unique_ptr<SessionLease> SessionPool::acquire(bool fresh, const CallLimits& limits) {
  limits.check();
  auto session = fresh ? nullptr : takeIdle();
  const bool isReused = session != nullptr;
  if (!isReused) {
    session = makeSession();
  }
  auto& lent = *session;
  auto lease =
      std::make_unique<SessionLease>(*this, std::move(session), isReused, limits.stopToken());
  if (!isReused) {
    lent.connect(connectTimeout_, limits);
  }
  return lease;
}

std::unique_ptr<HttpSession> SessionPool::makeSession() {
  const std::lock_guard lock(mutex_);
  return std::make_unique<HttpSession>(origin_, tls_, tlsSession_);
}

std::unique_ptr<HttpSession> SessionPool::takeIdle() {
  const std::lock_guard lock(mutex_);
  const auto oldest = CallLimits::Clock::now() - kIdleLimit;
  while (!idle_.empty()) {
    auto last = std::move(idle_.back());
    idle_.pop_back();
    if (last.since > oldest && last.session->isQuiet()) {
      return std::move(last.session);
    }
    if (last.since <= oldest) {
      idle_.clear();
    }
  }
  return nullptr;
}

void SessionPool::giveBack(std::unique_ptr<HttpSession> session, bool isKept) noexcept {
  if (!isKept || !session) {
    return;
  }
  // Only sessions that worked are resumed.
  auto tlsSession = session->tlsSession();
  const std::lock_guard lock(mutex_);
  tlsSession_ = std::move(tlsSession);
  idle_.push_back({std::move(session), CallLimits::Clock::now()});
}

}  // namespace mediadock::http_client
