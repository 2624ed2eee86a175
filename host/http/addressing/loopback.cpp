#include "http/addressing/loopback.h"

#include <arpa/inet.h>
#include <cstdint>
#include <netinet/in.h>
#include <string>

namespace mediadock::http {

bool isLoopback(std::string_view hostAndPort) {
  std::string host(hostAndPort.substr(0, hostAndPort.rfind(':')));
  if (host.size() >= 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  in_addr v4{};
  if (inet_pton(AF_INET, host.c_str(), &v4) == 1) {
    return ntohl(v4.s_addr) >> 24U == IN_LOOPBACKNET;
  }
  in6_addr v6{};
  if (inet_pton(AF_INET6, host.c_str(), &v6) == 1) {
    return IN6_IS_ADDR_LOOPBACK(&v6) != 0;
  }
  return host == "localhost";
}

}  // namespace mediadock::http
