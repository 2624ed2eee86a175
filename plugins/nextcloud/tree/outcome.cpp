#include "tree/outcome.h"

#include "http/resilience/back_off.h"

#include <algorithm>
#include <utility>

namespace mediadock::nextcloud {
namespace {

/// Whether a failed look means that looking again is useless.
bool endsLooking(StorageErrc code) {
  return code == StorageErrc::Unauthenticated || code == StorageErrc::RateLimited ||
         code == StorageErrc::PermissionDenied;
}

/// Whether a failed change may succeed if repeated soon.
bool mayPass(const StorageError& error) {
  return error.code() == StorageErrc::Locked || error.code() == StorageErrc::Connection;
}

/// Whether the server understood the request and refuses it.
bool isRefusal(const StorageError& error) {
  const int status = error.failure().upstreamStatus;
  return status == 507 || (status >= 400 && status < 500 && error.code() != StorageErrc::Locked);
}

std::optional<StorageError> tryOnce(const std::function<void()>& send) {
  try {
    send();
    return std::nullopt;
  } catch (const StorageError& error) {
    return error;
  }
}

/// As `backOff`, but after a change was sent: cancelling does not undo it.
bool waitToLook(unsigned attempt, const http_client::CallLimits& limits) {
  try {
    return http_client::backOff(attempt, limits);
  } catch (const StorageError& error) {
    throw outcomeUnknown(error, Outcome::Unknown);
  }
}

using Clock = http_client::CallLimits::Clock;

enum class Until { Done, Known };

Outcome lookUntil(Until goal, Clock::time_point end, const std::function<Outcome()>& look,
                  const http_client::CallLimits& limits) {
  for (unsigned attempt = 0;; ++attempt) {
    auto found = Outcome::Unknown;
    try {
      found = look();
    } catch (const StorageError& error) {
      if (error.code() == StorageErrc::Cancelled) {
        throw outcomeUnknown(error, Outcome::Unknown);
      }
      if (endsLooking(error.code())) {
        return Outcome::Unknown;
      }
    }
    const bool isEnough =
        found == Outcome::Done || (goal == Until::Known && found != Outcome::Unknown);
    if (isEnough || Clock::now() >= end || !waitToLook(attempt, limits)) {
      return found;
    }
  }
}

}  // namespace

bool isDoubtful(const StorageError& error) {
  return error.failure().retry == Retry::OutcomeUnknown && error.code() != StorageErrc::Cancelled;
}

std::chrono::milliseconds workTime(std::uint64_t size) {
  constexpr std::uint64_t kBytesPerSecond = 10485760;
  constexpr std::uint64_t kLongestSeconds = 3600;
  return std::chrono::seconds(std::min(size / kBytesPerSecond, kLongestSeconds));
}

Outcome resolveOutcome(const std::function<Outcome()>& look, std::chrono::milliseconds time,
                       const http_client::CallLimits& limits) {
  return lookUntil(Until::Done, Clock::now() + time, look, limits);
}

Outcome resolveOutcomeAfter(const StorageError& error, const Change& change,
                            const http_client::CallLimits& limits) {
  if (error.code() == StorageErrc::Cancelled) {
    return Outcome::Unknown;
  }
  const bool isAtWork =
      error.code() == StorageErrc::Locked ||
      (error.code() != StorageErrc::Connection && error.failure().upstreamStatus == 0);
  const auto end = Clock::now() + change.timeout;
  const auto found = resolveOutcome(
      change.look, isAtWork ? change.timeout : std::min(change.soon, change.timeout), limits);
  return found == Outcome::Unknown && Clock::now() < end
             ? lookUntil(Until::Known, end, change.look, limits)
             : found;
}

void carryOut(const Change& change, const http_client::CallLimits& limits) {
  bool isInDoubt = false;
  for (unsigned attempt = 0;; ++attempt) {
    const auto error = tryOnce(change.send);
    if (!error) {
      return;
    }
    const bool mayRepeat = attempt < change.repeats && error->code() != StorageErrc::Cancelled;
    isInDoubt = isInDoubt || error->failure().retry == Retry::OutcomeUnknown;
    if (!isInDoubt) {
      if (!mayRepeat || !mayPass(*error) || !http_client::backOff(attempt, limits)) {
        throw StorageError(*error);
      }
      continue;
    }
    const auto found = resolveOutcomeAfter(*error, change, limits);
    if (found == Outcome::Done) {
      return;
    }
    if (found == Outcome::NotDone && isRefusal(*error)) {
      throw StorageError(*error);
    }
    if (found == Outcome::Unknown || !mayRepeat) {
      throw outcomeUnknown(*error, found);
    }
  }
}

Entry lookAtDone(const std::function<Entry()>& look, unsigned repeats,
                 const http_client::CallLimits& limits) {
  for (unsigned attempt = 0;; ++attempt) {
    try {
      return look();
    } catch (const StorageError& error) {
      const bool isPassing = error.code() == StorageErrc::Connection ||
                             error.code() == StorageErrc::Unavailable ||
                             error.code() == StorageErrc::RateLimited;
      if (!isPassing || attempt >= repeats || !waitToLook(attempt, limits)) {
        auto failure = error.failure();
        failure.message += "; it was done, but could not be looked at";
        failure.retry = Retry::OutcomeUnknown;
        throw StorageError(std::move(failure));
      }
    }
  }
}

StorageError outcomeUnknown(const StorageError& error, Outcome found) {
  auto failure = error.failure();
  failure.retry = Retry::OutcomeUnknown;
  failure.message += found == Outcome::NotDone
                         ? "; afterwards all stood as before, but the storage may still be at work"
                         : "; what stands there afterwards does not tell whether it was done";
  return StorageError(std::move(failure));
}

bool isChanged(const std::optional<Entry>& before, const std::optional<Entry>& now) {
  if (!before || !now) {
    return before.has_value() != now.has_value();
  }
  return before->kind != now->kind || before->size != now->size || before->etag != now->etag ||
         before->fileId != now->fileId || before->modifiedAt != now->modifiedAt;
}

bool mayHold(const Entry& entry, std::uint64_t size) {
  return entry.size.value_or(size) == size;
}

bool isSameObject(const Entry& left, const Entry& right) {
  if (!left.fileId.empty() && !right.fileId.empty()) {
    return left.fileId == right.fileId;
  }
  return left.kind == right.kind && left.size == right.size;
}

}  // namespace mediadock::nextcloud
