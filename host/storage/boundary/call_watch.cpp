#include "storage/boundary/call_watch.h"

#include "mediadock/storage_error.h"
#include "storage/boundary/plugin_call.h"

#include <Poco/Logger.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace mediadock::storage {
namespace {

using Clock = std::chrono::steady_clock;

/// How often the calls are examined.
constexpr std::chrono::milliseconds kLook{500};

/// Where a thread records its call. The mutex is contended only while the watch examines it.
struct Slot {
  std::mutex mutex;
  // Guarded by mutex.
  const PluginCall* call = nullptr;
  Clock::time_point start;
  ILostCallHandler* handler = nullptr;
  bool isLost = false;
};

std::atomic<std::size_t> lostCount = 0;
std::atomic<std::size_t> lostLimit = kMostLostCalls;

LostCall describe(const Slot& slot, Clock::time_point now) {
  return {.plugin = std::string(slot.call->plugin),
          .operation = slot.call->operation,
          .path = slot.call->path.str(),
          .age = std::chrono::duration_cast<std::chrono::seconds>(now - slot.start)};
}

bool isOverdue(const Slot& slot, Clock::time_point now) {
  return now - slot.start > slot.call->timeout + kCallGrace;
}

void log(const std::string& message) noexcept {
  try {
    Poco::Logger::get("storage").error(message);
  } catch (...) {  // NOLINT(bugprone-empty-catch)
    // A failing log must not keep the client waiting.
  }
}

void lose(Slot& slot, Clock::time_point now) {
  slot.isLost = true;
  const auto count = ++lostCount;
  const auto call = describe(slot, now);
  log(call.str() + ": its thread is given up (" + std::to_string(count) + " of at most " +
      std::to_string(lostLimit) + ")");
  if (auto* const handler = std::exchange(slot.handler, nullptr)) {
    handler->onLostCall(call);
  }
}

/// The slots of all threads, and the thread that examines them. Never destroyed: a lost thread may
/// return at any time.
class Watch {
 public:
  static Watch& instance() {
    static auto* const watch = new Watch;
    return *watch;
  }

  std::shared_ptr<Slot> add() {
    auto slot = std::make_shared<Slot>();
    const std::lock_guard lock(mutex_);
    slots_.push_back(slot);
    if (!isRunning_) {
      std::thread([this] { run(); }).detach();
      isRunning_ = true;
    }
    return slot;
  }

  void remove(const std::shared_ptr<Slot>& slot) {
    const std::lock_guard lock(mutex_);
    std::erase(slots_, slot);
  }

  template <typename Predicate>
  void look(Predicate isDue) {
    for (const auto& slot : snapshot()) {
      const std::lock_guard lock(slot->mutex);
      const auto now = Clock::now();
      if (slot->call != nullptr && !slot->isLost && isDue(*slot, now)) {
        lose(*slot, now);
      }
    }
  }

 private:
  Watch() = default;

  std::vector<std::shared_ptr<Slot>> snapshot() {
    const std::lock_guard lock(mutex_);
    return slots_;
  }

  [[noreturn]] void run() {
    for (;;) {
      std::this_thread::sleep_for(kLook);
      look(isOverdue);
    }
  }

  std::mutex mutex_;
  // Guarded by mutex_.
  std::vector<std::shared_ptr<Slot>> slots_;
  bool isRunning_ = false;
};

class ThreadSlot {
 public:
  ThreadSlot() : slot_(Watch::instance().add()) {}

  ~ThreadSlot() { Watch::instance().remove(slot_); }

  ThreadSlot(const ThreadSlot&) = delete;
  ThreadSlot& operator=(const ThreadSlot&) = delete;

  Slot& operator*() const { return *slot_; }

 private:
  std::shared_ptr<Slot> slot_;
};

Slot& ownSlot() {
  thread_local const ThreadSlot slot;
  return *slot;
}

}  // namespace

std::string LostCall::str() const {
  return "plugin '" + plugin + "' has not returned from " + operation +
         (path.empty() ? "" : " of '" + path + "'") + " for " + std::to_string(age.count()) + " s";
}

LostCallScope::LostCallScope(ILostCallHandler& handler) {
  Slot& slot = ownSlot();
  const std::lock_guard lock(slot.mutex);
  outer_ = std::exchange(slot.handler, &handler);
}

LostCallScope::~LostCallScope() {
  Slot& slot = ownSlot();
  const std::lock_guard lock(slot.mutex);
  slot.handler = outer_;
}

WatchedCall::WatchedCall(const PluginCall& call) {
  Slot& slot = ownSlot();
  const std::lock_guard lock(slot.mutex);
  outer_ = std::exchange(slot.call, &call);
  outerStart_ = std::exchange(slot.start, Clock::now());
}

WatchedCall::~WatchedCall() {
  Slot& slot = ownSlot();
  const std::lock_guard lock(slot.mutex);
  if (std::exchange(slot.isLost, false)) {
    --lostCount;
    log(describe(slot, Clock::now()).str() + ", and has now");
  }
  slot.call = outer_;
  slot.start = outerStart_;
}

void requireFewLostCalls(const PluginCall& call) {
  if (lostCount >= lostLimit) {
    throw StorageError({.code = StorageErrc::Unavailable,
                        .message = "too many calls into plugin '" + std::string(call.plugin) +
                                   "' have not returned: the server has to be restarted",
                        .retry = Retry::AfterDelay,
                        .operation = call.operation,
                        .path = call.path.str()});
  }
}

std::size_t lostCalls() {
  return lostCount;
}

void limitLostCalls(std::size_t most) {
  lostLimit = std::clamp<std::size_t>(most, 1, kMostLostCalls);
}

void giveUpCalls() {
  Watch::instance().look([](const Slot&, Clock::time_point) { return true; });
}

}  // namespace mediadock::storage
