#include "http/resilience/circuit_breaker.h"

#include <algorithm>
#include <utility>

namespace mediadock::http_client {
namespace {

/// With more places than this, the problem is not limited to single places.
constexpr std::size_t kMaxPlaces = 1000;

StorageFailure spared(const std::string& what, const StorageFailure& last) {
  return {.code = StorageErrc::Unavailable,
          .message = what + " is spared after repeated failures; the last: " + last.message,
          .retry = Retry::AfterDelay,
          .upstreamStatus = last.upstreamStatus};
}

std::vector<std::string> split(const std::string& target) {
  std::vector<std::string> segments;
  const auto path = target.substr(0, target.find('?'));
  std::size_t begin = 0;
  while (begin < path.size()) {
    const auto end = std::min(path.find('/', begin), path.size());
    if (end > begin) {
      segments.push_back(path.substr(begin, end - begin));
    }
    begin = end + 1;
  }
  return segments;
}

}  // namespace

CircuitBreaker::CircuitBreaker(RootDepth rootDepth, TimeSource time)
    : rootDepth_(std::move(rootDepth)),
      time_(std::move(time)),
      server_(std::make_shared<BreakerState>(BreakerState::Start::Closed, time_)) {}

std::vector<std::string> CircuitBreaker::placesOf(const std::string& target) const {
  const auto segments = split(target);
  const auto depth = rootDepth_(segments);
  std::vector<std::string> places;
  std::string path;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    path += "/" + segments[i];
    if (i >= depth) {
      places.push_back(path);
    }
  }
  return places;
}

CircuitBreaker::Permits CircuitBreaker::enter(const std::string& target, const CallLimits& limits) {
  std::shared_ptr<BreakerState> state;
  {
    const std::lock_guard lock(mutex_);
    if (!places_.empty()) {
      for (const auto& path : placesOf(target)) {
        const auto place = places_.find(path);
        if (place != places_.end() && place->second.state) {
          state = place->second.state;
          break;
        }
      }
    }
  }
  // The place first: if it refuses, the server's probe must not be used up.
  auto place = state ? std::optional(state->enter(limits)) : std::nullopt;
  return {server_->enter(limits), std::move(place), target};
}

void CircuitBreaker::learn(Permits& permits, ServerCondition condition,
                           const StorageFailure& failure) {
  switch (condition) {
    case ServerCondition::None:
    case ServerCondition::WrongLogin:
      proveHealth(permits);
      break;
    case ServerCondition::DeadStorage:
    case ServerCondition::Fault:
      permits.server.succeed();
      countPlace(permits, failure);
      break;
    case ServerCondition::Gateway:
      countServer(permits, failure);
      break;
    case ServerCondition::Maintenance:
      permits.server.fail(failure, failure.retryAfter.value_or(kMaintenanceCooldown),
                          kLongestCooldown);
      break;
    case ServerCondition::LockedOut:
    case ServerCondition::Throttled:
    case ServerCondition::Overload:
      // A busy server is healthy.
      permits.server.succeed();
      break;
  }
}

void CircuitBreaker::proveHealth(Permits& permits) {
  permits.server.succeed();
  if (permits.place) {
    permits.place->succeed();
  }
  const std::lock_guard lock(mutex_);
  failuresInARow_ = 0;
  if (!places_.empty()) {
    for (const auto& path : placesOf(permits.target)) {
      places_.erase(path);
    }
  }
}

void CircuitBreaker::countServer(Permits& permits, const StorageFailure& failure) {
  {
    const std::lock_guard lock(mutex_);
    if (++failuresInARow_ < kServerFailureLimit) {
      return;
    }
  }
  permits.server.fail(spared("the storage", failure), kFirstCooldown, kLongestCooldown);
}

void CircuitBreaker::countPlace(Permits& permits, const StorageFailure& failure) {
  auto why = spared("this part of the storage", failure);
  // As in the failure itself: this place is down, not the server.
  why.retry = Retry::Never;
  if (permits.place) {
    permits.place->fail(why, kFirstCooldown, kLongestCooldown);
    return;
  }
  std::shared_ptr<BreakerState> state;
  {
    const std::lock_guard lock(mutex_);
    if (places_.size() > kMaxPlaces) {
      places_.clear();
    }
    std::string deepest;
    for (const auto& path : placesOf(permits.target)) {
      deepest = ++places_[path].failures >= kPlaceFailureLimit ? path : deepest;
    }
    if (deepest.empty()) {
      return;
    }
    auto& place = places_[deepest];
    if (!place.state) {
      place.state = std::make_shared<BreakerState>(BreakerState::Start::Closed, time_);
    }
    state = place.state;
  }
  BreakerPermit(state, 0).fail(why, kFirstCooldown, kLongestCooldown);
}

}  // namespace mediadock::http_client
