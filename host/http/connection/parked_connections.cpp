#include "http/connection/parked_connections.h"

#include "http/connection/client_connection.h"

#include <array>
#include <cerrno>
#include <span>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <system_error>
#include <unistd.h>

namespace mediadock::http::guard {
namespace {

constexpr std::size_t kMostPerRound = 256;

int makeEpoll() {
  const int descriptor = ::epoll_create1(EPOLL_CLOEXEC);
  if (descriptor < 0) {
    throw std::system_error(errno, std::generic_category(), "epoll");
  }
  return descriptor;
}

/// Whether the client has closed and no data is pending.
bool hasOnlyEnded(const epoll_event& event, int descriptor) noexcept {
  constexpr auto kEnds = static_cast<unsigned>(EPOLLRDHUP) | EPOLLHUP | EPOLLERR;
  int pending = 0;
  return (event.events & kEnds) != 0 &&
         (::ioctl(descriptor, FIONREAD, &pending) != 0 || pending == 0);
}

}  // namespace

ParkedConnections::ParkedConnections() : epoll_(makeEpoll()) {}

ParkedConnections::~ParkedConnections() {
  endAll();
  ::close(epoll_);
}

void ParkedConnections::park(Pointer connection, Clock::time_point deadline) {
  const std::lock_guard lock(mutex_);
  if (isEnding_) {
    return;
  }
  ClientConnection* const key = connection.get();
  const auto now = Clock::now();
  connections_.emplace(
      key, Parked{.connection = std::move(connection), .deadline = deadline, .since = now});
  deadlines_.emplace(deadline, key);
  arrivals_.emplace(now, key);
  if (!watch(*key)) {
    connection = remove(key);
  }
}

std::vector<ParkedConnections::Pointer> ParkedConnections::takeReady() {
  std::vector<Pointer> ready;
  std::vector<Pointer> ended;
  std::array<epoll_event, kMostPerRound> events{};
  const std::lock_guard lock(mutex_);
  const int count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 0);
  for (const auto& event :
       std::span(events).first(count > 0 ? static_cast<std::size_t>(count) : 0)) {
    if (auto connection = remove(static_cast<ClientConnection*>(event.data.ptr))) {
      const bool isOver = hasOnlyEnded(event, connection->descriptor());
      (isOver ? ended : ready).push_back(std::move(connection));
    }
  }
  return ready;
}

std::optional<ParkedConnections::Clock::time_point> ParkedConnections::closeExpired() {
  std::vector<Pointer> expired;
  const std::lock_guard lock(mutex_);
  const auto now = Clock::now();
  while (!deadlines_.empty() && deadlines_.begin()->first <= now) {
    expired.push_back(removeSilent(deadlines_.begin()->second));
  }
  return deadlines_.empty() ? std::nullopt : std::optional(deadlines_.begin()->first);
}

bool ParkedConnections::closeOne() {
  Pointer closed;
  const std::lock_guard lock(mutex_);
  if (!arrivals_.empty()) {
    closed = removeSilent(arrivals_.begin()->second);
  }
  return closed != nullptr;
}

void ParkedConnections::endAll() {
  std::unordered_map<ClientConnection*, Parked> closed;
  const std::lock_guard lock(mutex_);
  isEnding_ = true;
  deadlines_.clear();
  arrivals_.clear();
  closed.swap(connections_);
}

/// One-shot: reports once. The kernel removes a descriptor from the set when it is closed.
bool ParkedConnections::watch(const ClientConnection& connection) const noexcept {
  epoll_event event{};
  event.events = static_cast<unsigned>(EPOLLIN) | EPOLLRDHUP | EPOLLONESHOT;
  event.data.ptr = const_cast<ClientConnection*>(&connection);
  return ::epoll_ctl(epoll_, EPOLL_CTL_MOD, connection.descriptor(), &event) == 0 ||
         (errno == ENOENT &&
          ::epoll_ctl(epoll_, EPOLL_CTL_ADD, connection.descriptor(), &event) == 0);
}

/// Removes a connection that is still watched. Its descriptor may outlive it in the
/// LingeringCloser, and its events would be taken for those of a new connection at the same memory
/// address.
ParkedConnections::Pointer ParkedConnections::removeSilent(ClientConnection* connection) {
  ::epoll_ctl(epoll_, EPOLL_CTL_DEL, connection->descriptor(), nullptr);
  return remove(connection);
}

ParkedConnections::Pointer ParkedConnections::remove(ClientConnection* connection) {
  const auto found = connections_.find(connection);
  if (found == connections_.end()) {
    return nullptr;
  }
  deadlines_.erase({found->second.deadline, connection});
  arrivals_.erase({found->second.since, connection});
  auto removed = std::move(found->second.connection);
  connections_.erase(found);
  return removed;
}

}  // namespace mediadock::http::guard
