#include "suspended_writes.h"

#include "mediadock/storage_error.h"

namespace mediadock::memory {

std::string SuspendedWrites::keep(std::string& id, const std::string& content) {
  const std::lock_guard lock(mutex_);
  if (id.empty()) {
    id = "write" + std::to_string(++count_);
  }
  contents_[id] = content;
  return id + "@" + std::to_string(content.size());
}

SuspendedWrites::Write SuspendedWrites::find(const std::string& token) const {
  const auto id = idOf(token);
  const auto size = std::stoull(token.substr(id.size() + 1));
  const std::lock_guard lock(mutex_);
  const auto found = contents_.find(id);
  if (found == contents_.end() || found->second.size() < size) {
    throw StorageError(StorageErrc::NotFound, "what was written is gone");
  }
  return {.id = id, .content = found->second.substr(0, size)};
}

void SuspendedWrites::drop(const std::string& id) noexcept {
  const std::lock_guard lock(mutex_);
  contents_.erase(id);
}

std::string SuspendedWrites::idOf(const std::string& token) {
  const auto at = token.find('@');
  if (!token.starts_with("write") || at == std::string::npos || at + 1 == token.size()) {
    throw StorageError(StorageErrc::InvalidArgument, "the token is not one of this storage");
  }
  return token.substr(0, at);
}

}  // namespace mediadock::memory
