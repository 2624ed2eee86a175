#include "outcome.h"

#include "back_off.h"

#include <algorithm>
#include <utility>

namespace mediadock {
namespace {

/// Answers to a look that say that no more of them are welcome.
bool endsLooking(StorageErrc code) {
  return code == StorageErrc::Unauthenticated || code == StorageErrc::RateLimited ||
         code == StorageErrc::PermissionDenied;
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

Outcome findOut(const std::function<Outcome()>& look, std::chrono::milliseconds time,
                const CallLimits& limits) {
  const auto end = CallLimits::Clock::now() + time;
  for (unsigned attempt = 0;; ++attempt) {
    auto found = Outcome::Unknown;
    try {
      found = look();
    } catch (const StorageError& error) {
      if (error.code() == StorageErrc::Cancelled) {
        throw;
      }
      if (endsLooking(error.code())) {
        return Outcome::Unknown;
      }
    }
    if (found == Outcome::Done || CallLimits::Clock::now() >= end || !backOff(attempt, limits)) {
      return found;
    }
  }
}

StorageError unsettled(const StorageError& error, Outcome found) {
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

bool isSameObject(const Entry& left, const Entry& right) {
  if (!left.fileId.empty() && !right.fileId.empty()) {
    return left.fileId == right.fileId;
  }
  return left.kind == right.kind && left.size == right.size;
}

}  // namespace mediadock
