#include "http/admission/request_limiter.h"

#include "http/syntax/problem_exception.h"

#include <algorithm>
#include <utility>

namespace mediadock::http {
namespace {

constexpr unsigned kIpv6SiteBits = 64;

[[noreturn]] void refuse(std::chrono::nanoseconds wait) {
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait);
  throw ProblemException({.status = 429,
                          .detail = "too many requests; wait as long as Retry-After says",
                          .headers = {{"Retry-After", std::to_string(seconds.count())}}});
}

}  // namespace

RequestLimiter::RequestLimiter(RequestLimit limit, std::size_t maxBuckets,
                               std::function<Clock::time_point()> now)
    : limit_(limit),
      maxBuckets_(maxBuckets),
      now_(std::move(now)) {}

void RequestLimiter::take(const std::string& key) {
  if (!isOn()) {
    return;
  }
  const auto now = now_();
  const std::lock_guard lock(mutex_);
  Bucket& bucket = bucketOf(key, now);
  requireToken(bucket.fullAt, now);
  bucket.fullAt = std::max(bucket.fullAt, now) + limit_.interval;
}

void RequestLimiter::requireRoom(const std::string& key) {
  if (!isOn()) {
    return;
  }
  const auto now = now_();
  const std::lock_guard lock(mutex_);
  if (const auto found = buckets_.find(key); found != buckets_.end()) {
    requireToken(found->second.fullAt, now);
  }
}

std::size_t RequestLimiter::buckets() const {
  const std::lock_guard lock(mutex_);
  return buckets_.size();
}

/// The time until a bucket is full measures its missing tokens.
void RequestLimiter::requireToken(Clock::time_point fullAt, Clock::time_point now) const {
  const auto wait = std::max(fullAt, now) + limit_.interval - now - limit_.burst * limit_.interval;
  if (wait > wait.zero()) {
    refuse(wait);
  }
}

RequestLimiter::Bucket& RequestLimiter::bucketOf(const std::string& key, Clock::time_point now) {
  const auto [found, isNew] = buckets_.try_emplace(key, Bucket{now, {}});
  if (isNew) {
    uses_.push_front(&found->first);
    found->second.use = uses_.begin();
    forgetOld(now);
  } else {
    uses_.splice(uses_.begin(), uses_, found->second.use);
  }
  return found->second;
}

/// Drops at most two buckets per new one, so that no call takes long.
void RequestLimiter::forgetOld(Clock::time_point now) {
  for (int i = 0; i < 2 && uses_.size() > 1; ++i) {
    const auto oldest = buckets_.find(*uses_.back());
    if (buckets_.size() <= maxBuckets_ && oldest->second.fullAt > now) {
      return;
    }
    uses_.pop_back();
    buckets_.erase(oldest);
  }
}

std::string limiterKeyOf(const Client& client) {
  const IpAddress& address = client.address;
  return "address " + (address.isIpv4() ? address : address.masked(kIpv6SiteBits)).str();
}

std::string limiterKeyOf(const Caller& caller, const Client& client) {
  return caller.isKnown() ? "caller " + caller.name : limiterKeyOf(client);
}

}  // namespace mediadock::http
