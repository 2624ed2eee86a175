#include "media/uploads/upload_locks.h"

#include "mediadock/storage_error.h"

namespace mediadock::media {

UploadLocks::Lock UploadLocks::acquire(const std::string& id, std::chrono::milliseconds timeout) {
  std::unique_lock lock(mutex_);
  auto& state = states_[id];
  ++state.waiting;
  const bool isFree = released_.wait_for(lock, timeout, [&] { return !state.isHeld; });
  --state.waiting;
  if (!isFree) {
    throw StorageError({.code = StorageErrc::Locked,
                        .message = "another request is at work on this upload",
                        .retry = Retry::AfterDelay,
                        .operation = "appendUpload"});
  }
  state.isHeld = true;
  return {*this, id};
}

std::optional<UploadLocks::Lock> UploadLocks::tryAcquire(const std::string& id) {
  const std::lock_guard lock(mutex_);
  auto& state = states_[id];
  if (std::exchange(state.isHeld, true)) {
    return std::nullopt;
  }
  return Lock(*this, id);
}

bool UploadLocks::isWanted(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  return states_.at(id).waiting > 0;
}

void UploadLocks::release(const std::string& id) noexcept {
  {
    const std::lock_guard lock(mutex_);
    const auto state = states_.find(id);
    state->second.isHeld = false;
    if (state->second.waiting == 0) {
      states_.erase(state);
    }
  }
  released_.notify_all();
}

}  // namespace mediadock::media
