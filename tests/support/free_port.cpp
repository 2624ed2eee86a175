#include "support/free_port.h"

#include <arpa/inet.h>
#include <cerrno>
#include <netinet/in.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace mediadock {

std::uint16_t findFreePort() {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (listener < 0) {
    throw std::system_error(errno, std::generic_category(), "socket");
  }
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  auto* const raw = reinterpret_cast<sockaddr*>(&address);
  const bool found =
      ::bind(listener, raw, length) == 0 && ::getsockname(listener, raw, &length) == 0;
  const int error = errno;
  ::close(listener);
  if (!found) {
    throw std::system_error(error, std::generic_category(), "bind to a free port");
  }
  return ntohs(address.sin_port);
}

}  // namespace mediadock
