#include "http/resilience/circuit_breaker.h"

#include <algorithm>
#include <utility>

namespace mediadock {
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
      server_(std::make_shared<TrialGate>(TrialGate::Start::Open, time_)) {}

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

CircuitBreaker::Pass CircuitBreaker::enter(const std::string& target, const CallLimits& limits) {
  std::shared_ptr<TrialGate> gate;
  {
    const std::lock_guard lock(mutex_);
    if (!places_.empty()) {
      for (const auto& path : placesOf(target)) {
        const auto place = places_.find(path);
        if (place != places_.end() && place->second.gate) {
          gate = place->second.gate;
          break;
        }
      }
    }
  }
  // The place first: if it refuses, the server's trial must not be used up.
  auto place = gate ? std::optional(gate->enter(limits)) : std::nullopt;
  return {server_->enter(limits), std::move(place), target};
}

void CircuitBreaker::learn(Pass& pass, Trouble trouble, const StorageFailure& failure) {
  switch (trouble) {
    case Trouble::None:
    case Trouble::WrongLogin:
      proveHealth(pass);
      break;
    case Trouble::DeadStorage:
    case Trouble::Fault:
      pass.server.succeed();
      countPlace(pass, failure);
      break;
    case Trouble::Gateway:
      countServer(pass, failure);
      break;
    case Trouble::Maintenance:
      pass.server.fail(failure, failure.retryAfter.value_or(kMaintenanceRest), kLongestRest);
      break;
    case Trouble::LockedOut:
    case Trouble::Throttled:
    case Trouble::Overload:
      // A busy server is healthy.
      pass.server.succeed();
      break;
  }
}

void CircuitBreaker::proveHealth(Pass& pass) {
  pass.server.succeed();
  if (pass.place) {
    pass.place->succeed();
  }
  const std::lock_guard lock(mutex_);
  failuresInARow_ = 0;
  if (!places_.empty()) {
    for (const auto& path : placesOf(pass.target)) {
      places_.erase(path);
    }
  }
}

void CircuitBreaker::countServer(Pass& pass, const StorageFailure& failure) {
  {
    const std::lock_guard lock(mutex_);
    if (++failuresInARow_ < kServerPatience) {
      return;
    }
  }
  pass.server.fail(spared("the storage", failure), kFirstRest, kLongestRest);
}

void CircuitBreaker::countPlace(Pass& pass, const StorageFailure& failure) {
  auto why = spared("this part of the storage", failure);
  // As in the failure itself: this place is down, not the server.
  why.retry = Retry::Never;
  if (pass.place) {
    pass.place->fail(why, kFirstRest, kLongestRest);
    return;
  }
  std::shared_ptr<TrialGate> gate;
  {
    const std::lock_guard lock(mutex_);
    if (places_.size() > kMaxPlaces) {
      places_.clear();
    }
    std::string deepest;
    for (const auto& path : placesOf(pass.target)) {
      deepest = ++places_[path].failures >= kPlacePatience ? path : deepest;
    }
    if (deepest.empty()) {
      return;
    }
    auto& place = places_[deepest];
    if (!place.gate) {
      place.gate = std::make_shared<TrialGate>(TrialGate::Start::Open, time_);
    }
    gate = place.gate;
  }
  Passage(gate, 0).fail(why, kFirstRest, kLongestRest);
}

}  // namespace mediadock
