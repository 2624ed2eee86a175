#include "support/scripted_nextcloud/lock_table.h"

#include "support/scripted_nextcloud/names.h"

namespace mediadock::scripted {

namespace {

constexpr int kWriter = -1;

}  // namespace

LockTable::Lock LockTable::hold(const std::string& path) const {
  return {state_.get(), [state = state_, path](void*) {
            const std::lock_guard guard(state->mutex);
            const auto holder = state->holders.find(path);
            if (holder->second <= 1) {
              state->holders.erase(holder);
            } else {
              --holder->second;
            }
          }};
}

LockTable::Lock LockTable::tryExclusive(const std::string& path) {
  const std::lock_guard guard(state_->mutex);
  return state_->holders.emplace(path, kWriter).second ? hold(path) : nullptr;
}

LockTable::Lock LockTable::tryShared(const std::string& path) {
  const std::lock_guard guard(state_->mutex);
  int& readers = state_->holders[path];
  if (readers == kWriter) {
    return nullptr;
  }
  ++readers;
  return hold(path);
}

std::optional<std::string> LockTable::findWithin(const std::string& path) const {
  const std::lock_guard guard(state_->mutex);
  for (const auto& [locked, readers] : state_->holders) {
    if (isWithin(locked, path)) {
      return locked;
    }
  }
  return std::nullopt;
}

std::optional<std::string> LockTable::findWriterWithin(const std::string& path) const {
  const std::lock_guard guard(state_->mutex);
  for (const auto& [locked, readers] : state_->holders) {
    if (readers == kWriter && isWithin(locked, path)) {
      return locked;
    }
  }
  return std::nullopt;
}

}  // namespace mediadock::scripted
