#include "media/readiness.h"

#include <Poco/Logger.h>

#include <exception>
#include <string>

namespace mediadock::media {
namespace {

constexpr std::chrono::seconds kLifetime{1};

bool passes(const std::function<void(const CallContext&)>& check, const CallContext& context) {
  try {
    check(context);
    return true;
  } catch (const std::exception& error) {
    Poco::Logger::get("http").warning(std::string("not ready: ") + error.what());
    return false;
  }
}

}  // namespace

bool Readiness::isReady(const CallContext& context) {
  std::unique_lock lock(mutex_);
  if (!checked_.wait_until(lock, context.cancellation, context.deadline,
                           [this] { return !isChecking_; })) {
    return false;
  }
  if (CallContext::Clock::now() < validUntil_) {
    return wasReady_;
  }
  isChecking_ = true;
  lock.unlock();
  const bool isReady = passes(check_, context);
  lock.lock();
  isChecking_ = false;
  wasReady_ = isReady;
  validUntil_ = CallContext::Clock::now() + kLifetime;
  checked_.notify_all();
  return isReady;
}

}  // namespace mediadock::media
