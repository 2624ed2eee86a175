#pragma once

/// \file
/// Rate limiter for requests.

#include "http/admission/admission_settings.h"
#include "http/exchange/caller.h"
#include "http/exchange/client.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <string>

namespace mediadock::http {

/// One token bucket per key, at most `maxBuckets`. Full buckets are dropped, since a new one is
/// equivalent; beyond the limit the least recently used one is. Thread-safe.
class RequestLimiter {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr std::size_t kMaxBuckets = 65536;

  explicit RequestLimiter(RequestLimit limit, std::size_t maxBuckets = kMaxBuckets,
                          std::function<Clock::time_point()> now = Clock::now);

  /// Whether a limit is configured. If not, the calls below are no-ops.
  bool isOn() const noexcept { return limit_.interval.count() != 0; }

  /// Takes one token of `key`.
  /// \throws ProblemException 429 with `Retry-After` if there is none.
  void take(const std::string& key);

  /// As `take`, but takes no token.
  void requireRoom(const std::string& key);

  std::size_t buckets() const;

 private:
  using Uses = std::list<const std::string*>;

  struct Bucket {
    Clock::time_point fullAt;
    Uses::iterator use;
  };

  void requireToken(Clock::time_point fullAt, Clock::time_point now) const;
  Bucket& bucketOf(const std::string& key, Clock::time_point now);
  void forgetOld(Clock::time_point now);

  const RequestLimit limit_;
  const std::size_t maxBuckets_;
  const std::function<Clock::time_point()> now_;
  mutable std::mutex mutex_;
  /// The rest is guarded by `mutex_`. A tree, because clients choose the keys and could provoke
  /// collisions in a hash table.
  std::map<std::string, Bucket> buckets_;
  /// The keys of all buckets, most recently used first.
  Uses uses_;
};

/// The key of an unauthenticated client: its address, or for IPv6 its /64 network, within which a
/// client can choose its addresses freely.
std::string limiterKeyOf(const Client& client);

/// The key of a caller, or of its client if the caller is not authenticated.
std::string limiterKeyOf(const Caller& caller, const Client& client);

}  // namespace mediadock::http
