#include "http/server/client_watch.h"

#include <poll.h>
#include <utility>

namespace mediadock::http {

ClientWatch::ClientWatch()
    : thread_([this](const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        // Polls on a timer, so that no request has to wake it.
        while (!tick_.wait_for(lock, stop, kInterval, [&] { return stop.stop_requested(); })) {
          look();
        }
      }) {}

/// Called with `mutex_` held, so that no visit ends meanwhile.
void ClientWatch::look() {
  const auto latest = std::chrono::steady_clock::now() - kInterval;
  std::vector<pollfd> connections;
  std::vector<Visit*> seen;
  for (auto* const visit : visits_) {
    if (visit->since_ <= latest && !visit->source_.stop_requested()) {
      connections.push_back({.fd = visit->descriptor_, .events = POLLRDHUP, .revents = 0});
      seen.push_back(visit);
    }
  }
  if (::poll(connections.data(), connections.size(), 0) <= 0) {
    return;
  }
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (connections[i].revents != 0) {
      seen[i]->source_.request_stop();
    }
  }
}

ClientWatch::Visit::Visit(ClientWatch& watch, int descriptor, const std::stop_token& end)
    : watch_(watch),
      descriptor_(descriptor),
      onEnd_(end, Forward{source_}) {
  const std::lock_guard lock(watch_.mutex_);
  place_ = watch_.visits_.size();
  watch_.visits_.push_back(this);
}

ClientWatch::Visit::~Visit() {
  stopLooking();
}

void ClientWatch::Visit::stopLooking() {
  const std::lock_guard lock(watch_.mutex_);
  if (!std::exchange(isWatched_, false)) {
    return;
  }
  auto* const last = watch_.visits_.back();
  last->place_ = place_;
  watch_.visits_[place_] = last;
  watch_.visits_.pop_back();
}

}  // namespace mediadock::http
