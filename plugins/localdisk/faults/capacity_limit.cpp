#include "faults/capacity_limit.h"

#include <algorithm>
#include <vector>

namespace mediadock::localdisk {

void CapacityLimit::take(std::uint64_t bytes, const Call& call) {
  const auto used = usedBytes(call);
  const std::lock_guard lock(mutex_);
  if (used + pending_ + bytes > capacity_) {
    call.fail(StorageErrc::InsufficientStorage,
              "the store is limited to " + std::to_string(capacity_) + " bytes");
  }
  pending_ += bytes;
}

void CapacityLimit::giveBack(std::uint64_t bytes) noexcept {
  const std::lock_guard lock(mutex_);
  pending_ -= bytes;
}

void CapacityLimit::requireRoom(std::uint64_t bytes, const Call& call) {
  take(bytes, call);
  giveBack(bytes);
}

Quota CapacityLimit::quota(const Call& call) {
  const auto used = usedBytes(call);
  const std::lock_guard lock(mutex_);
  const auto taken = std::min(used + pending_, capacity_);
  return {.used = used + pending_, .available = capacity_ - taken};
}

std::uint64_t CapacityLimit::usedBytes(const Call& call) {
  std::uint64_t used = 0;
  std::vector<StoragePath> pending{StoragePath()};
  while (!pending.empty()) {
    const auto path = std::move(pending.back());
    pending.pop_back();
    ListOptions options;
    do {
      const auto page = inner_.list(path, options, call.context());
      for (const auto& entry : page.entries) {
        used += entry.isDirectory() ? 0 : entry.size.value_or(0);
        if (entry.isDirectory()) {
          pending.push_back(entry.path);
        }
      }
      options.token = page.nextToken;
    } while (!options.token.empty());
  }
  return used;
}

}  // namespace mediadock::localdisk
