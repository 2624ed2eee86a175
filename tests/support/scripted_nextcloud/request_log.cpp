#include "support/scripted_nextcloud/request_log.h"

#include <algorithm>

namespace mediadock::scripted {

std::size_t RequestLog::start(LoggedRequest request) {
  const std::lock_guard guard(mutex_);
  requests_.push_back(std::move(request));
  maxRunning_ = std::max(maxRunning_, ++running_ - left_);
  changed_.notify_all();
  return cleared_ + requests_.size() - 1;
}

void RequestLog::leave() {
  const std::lock_guard guard(mutex_);
  ++left_;
}

void RequestLog::finish(std::size_t number, std::uint64_t bodyBytes, int status) {
  const std::lock_guard guard(mutex_);
  --running_;
  --left_;
  changed_.notify_all();
  if (number >= cleared_) {
    LoggedRequest& request = requests_[number - cleared_];
    request.bodyBytes = bodyBytes;
    request.status = status;
  }
}

std::vector<LoggedRequest> RequestLog::all() const {
  const std::lock_guard guard(mutex_);
  return requests_;
}

void RequestLog::clear() {
  const std::lock_guard guard(mutex_);
  cleared_ += requests_.size();
  requests_.clear();
  maxRunning_ = running_ - left_;
}

unsigned RequestLog::maxConcurrent() const {
  const std::lock_guard guard(mutex_);
  return maxRunning_;
}

bool RequestLog::waitFor(const std::string& method, const std::string& pathPart, unsigned count,
                         std::chrono::milliseconds deadline) const {
  const auto isSuch = [&](const LoggedRequest& request) {
    return request.method == method && request.path.find(pathPart) != std::string::npos;
  };
  std::unique_lock guard(mutex_);
  return changed_.wait_for(guard, deadline, [&] {
    return std::ranges::count_if(requests_, isSuch) >= std::ptrdiff_t{count};
  });
}

bool RequestLog::waitUntilIdle(std::chrono::milliseconds deadline) const {
  std::unique_lock guard(mutex_);
  return changed_.wait_for(guard, deadline, [&] { return running_ == 0; });
}

}  // namespace mediadock::scripted
