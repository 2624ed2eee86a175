#include "http/connection/poll_wait.h"

#include <Poco/Net/NetException.h>

#include <algorithm>
#include <cerrno>
#include <ctime>

namespace mediadock::http::guard {

bool awaitReady(std::span<pollfd> descriptors, std::chrono::nanoseconds limit) {
  using Clock = std::chrono::steady_clock;
  limit = std::clamp<std::chrono::nanoseconds>(limit, std::chrono::nanoseconds(0),
                                               std::chrono::hours(24));
  const auto deadline = Clock::now() + limit;
  while (true) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(limit);
    const timespec wait{.tv_sec = seconds.count(), .tv_nsec = (limit - seconds).count()};
    const int ready = ::ppoll(descriptors.data(), descriptors.size(), &wait, nullptr);
    if (ready >= 0) {
      return ready > 0;
    }
    if (errno != EINTR) {
      throw Poco::Net::NetException("poll", errno);
    }
    limit =
        std::max<std::chrono::nanoseconds>(deadline - Clock::now(), std::chrono::nanoseconds(0));
  }
}

bool awaitReady(int descriptor, short events, std::chrono::nanoseconds limit) {
  pollfd one{.fd = descriptor, .events = events, .revents = 0};
  return awaitReady(std::span(&one, 1), limit);
}

}  // namespace mediadock::http::guard
