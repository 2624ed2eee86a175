#include "media/uploads/unfinished_limits.h"

namespace mediadock::media {
namespace {

std::string messageOf(UnfinishedLimitReached::Limit limit, std::uint64_t value) {
  const auto number = std::to_string(value);
  switch (limit) {
    case UnfinishedLimitReached::Limit::Uploads:
      return "there are " + number +
             " unfinished uploads of yours, and no more are allowed: finish or terminate one";
    case UnfinishedLimitReached::Limit::Bytes:
      return "your unfinished uploads may take " + number +
             " bytes together, and would take more: finish or terminate one";
    case UnfinishedLimitReached::Limit::UploadBytes:
      break;
  }
  return "an unfinished upload may take " + number + " bytes, and this one says more";
}

}  // namespace

UnfinishedLimitReached::UnfinishedLimitReached(Limit limit, std::uint64_t value)
    : limit_(limit),
      message_(messageOf(limit, value)) {}

std::uint64_t UncountedBytes::Share::add(std::uint64_t bytes) {
  const std::lock_guard lock(sum_.mutex_);
  const auto sum = sum_.sums_[owner_] += bytes;
  bytes_ += bytes;
  return sum;
}

void UncountedBytes::Share::giveBack() noexcept {
  if (bytes_ == 0) {
    return;
  }
  const std::lock_guard lock(sum_.mutex_);
  const auto found = sum_.sums_.find(owner_);
  found->second -= bytes_;
  if (found->second == 0) {
    sum_.sums_.erase(found);
  }
  bytes_ = 0;
}

}  // namespace mediadock::media
