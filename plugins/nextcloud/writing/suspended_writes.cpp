#include "writing/suspended_writes.h"

#include "mediadock/storage_error.h"

#include <algorithm>
#include <utility>

namespace mediadock::nextcloud {

SuspendedWrites::Hold::~Hold() {
  const std::lock_guard lock(writes_.mutex_);
  writes_.held_.erase(folder_);
}

std::unique_ptr<SuspendedWrites::Hold> SuspendedWrites::hold(const std::string& folder) {
  const std::lock_guard lock(mutex_);
  if (!held_.insert(folder).second) {
    throw StorageError({.code = StorageErrc::Locked,
                        .message = "another stream of this write lives",
                        .retry = Retry::AfterDelay});
  }
  return std::make_unique<Hold>(*this, folder);
}

void SuspendedWrites::remember(const std::string& folder, Tail tail) {
  const std::lock_guard lock(mutex_);
  forget(folder);
  if (tail.bytes.size() > mostBytes_) {
    return;
  }
  while (bytes_ + tail.bytes.size() > mostBytes_) {
    forget(tails_.front().folder);
  }
  bytes_ += tail.bytes.size();
  tails_.push_back({folder, std::move(tail)});
}

std::optional<SuspendedWrites::Tail> SuspendedWrites::take(const std::string& folder) {
  const std::lock_guard lock(mutex_);
  const auto found = std::find_if(tails_.begin(), tails_.end(),
                                  [&](const Entry& entry) { return entry.folder == folder; });
  if (found == tails_.end()) {
    return std::nullopt;
  }
  auto tail = std::move(found->tail);
  bytes_ -= tail.bytes.size();
  tails_.erase(found);
  return tail;
}

void SuspendedWrites::forget(const std::string& folder) {
  tails_.remove_if([&](const Entry& entry) {
    const bool isIt = entry.folder == folder;
    bytes_ -= isIt ? entry.tail.bytes.size() : 0;
    return isIt;
  });
}

}  // namespace mediadock::nextcloud
