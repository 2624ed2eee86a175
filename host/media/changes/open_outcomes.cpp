#include "media/changes/open_outcomes.h"

#include "media/rules/wall_clock.h"
#include "mediadock/storage_error.h"

#include <algorithm>
#include <exception>
#include <utility>

namespace mediadock::media {
namespace {

constexpr std::chrono::seconds kShortestPause{1};
constexpr std::chrono::seconds kLongestPause{60};
/// After this many failures in a row, the storage itself is assumed to be down, not one of its
/// folders.
constexpr int kMostFailures = 3;

/// Assembling a large file takes time: allow one second per 10 MiB.
std::chrono::seconds timeoutOf(const records::UnfinishedOperation& operation) {
  constexpr std::uint64_t kBytesPerSecond = 10485760;
  constexpr std::uint64_t kLongestSeconds = 3600;
  const auto work = operation.kind == records::UnfinishedOperation::Kind::Upload
                        ? std::min(operation.record.size / kBytesPerSecond, kLongestSeconds)
                        : 0;
  return OpenOutcomes::kTimeout + std::chrono::seconds(work);
}

/// An operation that has not happened yet may still happen for a while.
bool isCertain(const Reconciled& verdict) {
  const auto& operation = verdict.operation;
  return verdict.isFinished ||
         wallClock() - operation.openSince.value_or(Timestamp()) >= timeoutOf(operation);
}

}  // namespace

OpenOutcomes::InFlight::InFlight(OpenOutcomes& outcomes, records::Announcement announcement)
    : outcomes_(outcomes),
      announcement_(std::move(announcement)) {}

OpenOutcomes::InFlight::~InFlight() {
  leave();
}

void OpenOutcomes::InFlight::leave() noexcept {
  if (!std::exchange(hasEnded_, true)) {
    outcomes_.leave(announcement_);
  }
}

OpenOutcomes::OpenOutcomes(IStorageProvider& provider, records::IRecordStore& records)
    : provider_(provider),
      records_(records) {}

void OpenOutcomes::leave(const records::Announcement& announcement) noexcept {
  try {
    records_.leaveOpen(announcement, wallClock());
  } catch (...) {
    holdUnnoted(announcement);
  }
  const std::lock_guard lock(mutex_);
  ++left_;
  mayBeOpen_ = true;
  pause_ = kShortestPause;
  nextRound_ = Clock::now();
}

void OpenOutcomes::holdUnnoted(const records::Announcement& announcement) noexcept {
  try {
    const std::lock_guard lock(mutex_);
    if (unnoted_.size() < kMostUnnoted) {
      unnoted_.push_back(announcement);
    }
  } catch (const std::exception&) {
    // Out of memory: treat it as beyond the limit.
  }
}

/// Retries marking operations as open that could not be marked before.
void OpenOutcomes::noteHeld() {
  std::vector<records::Announcement> held;
  {
    const std::lock_guard lock(mutex_);
    held.swap(unnoted_);
  }
  while (!held.empty()) {
    try {
      records_.leaveOpen(held.back(), wallClock());
    } catch (const StorageError&) {
      const std::lock_guard lock(mutex_);
      unnoted_.insert(unnoted_.end(), held.begin(), held.end());
      throw;
    }
    held.pop_back();
  }
}

bool OpenOutcomes::isDue(Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  if (!mayBeOpen_ || now < nextRound_) {
    return false;
  }
  nextRound_ = now + pause_;
  pause_ = std::min(pause_ * 2, kLongestPause);
  return true;
}

std::vector<Reconciled> OpenOutcomes::resolveDue(const CallContext& context) {
  if (!isDue(Clock::now())) {
    return {};
  }
  noteHeld();
  const auto before = left_.load();
  Round round = look(context);
  const std::lock_guard lock(mutex_);
  if (round.hasResolvedAll && left_ == before) {
    mayBeOpen_ = false;
  }
  if (!round.resolved.empty()) {
    pause_ = kShortestPause;
    nextRound_ = Clock::now() + pause_;
  } else if (round.failure) {
    throw StorageError(*round.failure);
  }
  return std::move(round.resolved);
}

OpenOutcomes::Round OpenOutcomes::look(const CallContext& context) {
  Round round;
  const bool isFromTheStart = afterId_.empty();
  const auto open = records_.openOperations({.afterId = afterId_, .limit = kLooksPerRound});
  int failures = 0;
  for (const auto& operation : open) {
    if (context.cancellation.stop_requested() || failures == kMostFailures) {
      return round;
    }
    afterId_ = operation.record.id;
    try {
      auto verdict = findOutcome(provider_, records_, operation, context);
      failures = 0;
      if (isCertain(verdict)) {
        records_.resolve(verdict.operation, verdict.isFinished);
        round.resolved.push_back(std::move(verdict));
      }
    } catch (const StorageError& error) {
      round.failure = error;
      ++failures;
    }
  }
  if (open.size() < kLooksPerRound) {
    afterId_.clear();
    round.hasResolvedAll = isFromTheStart && round.resolved.size() == open.size();
  }
  return round;
}

std::vector<Reconciled> OpenOutcomes::resolveWithin(const StoragePath& path,
                                                    const CallContext& context) {
  std::vector<Reconciled> resolved;
  records::OpenOperationQuery query{.within = path, .limit = kLooksPerRound};
  bool mayBeMore = mayBeOpen_;
  while (mayBeMore) {
    const auto open = records_.openOperations(query);
    for (const auto& operation : open) {
      resolved.push_back(findOutcome(provider_, records_, operation, context));
      records_.resolve(resolved.back().operation, resolved.back().isFinished);
      query.afterId = operation.record.id;
    }
    mayBeMore = open.size() == query.limit;
  }
  return resolved;
}

}  // namespace mediadock::media
