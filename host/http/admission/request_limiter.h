#pragma once

/// \file
/// Refuses clients that ask too often.

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

namespace mediadock {

/// A bucket of tokens for each key. There are never more than `maxBuckets`: full ones are
/// forgotten, for a new one is the same, and where that is not enough the one that was asked
/// longest ago. All calls may run concurrently.
class RequestLimiter {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr std::size_t kMaxBuckets = 65536;

  explicit RequestLimiter(RequestLimit limit, std::size_t maxBuckets = kMaxBuckets,
                          std::function<Clock::time_point()> now = Clock::now);

  /// Whether there is a limit. Without, the calls below do nothing.
  bool isOn() const noexcept { return limit_.interval.count() != 0; }

  /// Takes one token of `key`.
  /// \throws ProblemException 429 with `Retry-After` where there is none.
  void take(const std::string& key);

  /// As `take`, without taking.
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
  /// The rest is guarded by `mutex_`. A tree, for clients choose the keys and could make them meet
  /// in a table.
  std::map<std::string, Bucket> buckets_;
  /// The keys of all buckets, the one that was asked last in front.
  Uses uses_;
};

/// The key of clients that nobody knows: their address, or of IPv6 the network of 64 bits, within
/// which a client has as many addresses as it likes.
std::string limiterKeyOf(const Client& client);

/// The key of a caller; of its client where the caller is not known.
std::string limiterKeyOf(const Caller& caller, const Client& client);

}  // namespace mediadock
