#include "fault_injector.h"

#include <algorithm>
#include <condition_variable>
#include <stop_token>

namespace mediadock {

void FaultInjector::begin(const Call& call) {
  call.checkpoint();
  // Counted on arrival, so that "the third call" does not hang on who waits longest.
  const auto number = count(call.operation());
  wait(call);
  for (const auto& rule : settings_.rules) {
    if (rule.operation == call.operation() && rule.number.value_or(number) == number) {
      call.fail(rule.code, "injected fault");
    }
  }
}

void FaultInjector::wait(const Call& call) const {
  if (settings_.latency.count() == 0) {
    return;
  }
  std::mutex mutex;
  std::condition_variable woken;
  const auto wake = [&] {
    const std::lock_guard lock(mutex);
    woken.notify_all();
  };
  // Before the lock: a callback runs at once where the stop has come already.
  const std::stop_callback onCancel(call.context().cancellation, wake);
  const std::stop_callback onShutdown(call.shutdown(), wake);
  const auto end = std::min(CallContext::Clock::now() + settings_.latency, call.context().deadline);
  {
    std::unique_lock lock(mutex);
    woken.wait_until(lock, end, [&] {
      return call.context().cancellation.stop_requested() || call.shutdown().stop_requested();
    });
  }
  call.checkpoint();
}

std::uint64_t FaultInjector::count(const std::string& operation) {
  const std::lock_guard lock(mutex_);
  return ++counts_[operation];
}

}  // namespace mediadock
