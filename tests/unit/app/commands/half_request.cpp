#include "unit/app/commands/half_request.h"

#include "support/child_process.h"

#include <arpa/inet.h>
#include <array>
#include <chrono>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace mediadock::app {
namespace {

constexpr const char* kFirstHalf =
    "--x\r\nContent-Disposition: form-data; name=\"nextcloud_path\"\r\n\r\nInbox\r\n"
    "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n"
    "Content-Type: text/plain\r\n\r\nfirst half, ";
constexpr const char* kSecondHalf = "second half\r\n--x--\r\n";

}  // namespace

HalfRequest::HalfRequest(const std::string& readyLine) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port =
      htons(static_cast<std::uint16_t>(std::stoi(readyLine.substr(readyLine.rfind(':') + 1))));
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket_ < 0 ||
      ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("cannot connect to the host");
  }
  // The interim answer tells that the host has taken the request up.
  const std::size_t length = std::string(kFirstHalf).size() + std::string(kSecondHalf).size();
  send(
      "POST /api/crm/storage/upload HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
      "Content-Type: multipart/form-data; boundary=x\r\nExpect: 100-continue\r\n"
      "Content-Length: " +
      std::to_string(length) + "\r\n\r\n");
  std::array<char, 256> interim{};
  if (::recv(socket_, interim.data(), interim.size(), 0) <= 0) {
    throw std::runtime_error("the host did not take the request up");
  }
  send(kFirstHalf);
}

HalfRequest::~HalfRequest() {
  ::close(socket_);
}

std::string HalfRequest::finish() {
  send(kSecondHalf);
  std::string answer;
  std::array<char, 4096> block{};
  for (;;) {
    const auto count = ::recv(socket_, block.data(), block.size(), 0);
    if (count <= 0) {
      return answer;
    }
    answer.append(block.data(), static_cast<std::size_t>(count));
  }
}

void HalfRequest::send(const std::string& text) const {
  if (::send(socket_, text.data(), text.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(text.size())) {
    throw std::runtime_error("the host does not take the request");
  }
}

void waitForError(const ChildProcess& child, const std::string& part) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (child.standardError().find(part) == std::string::npos) {
    if (std::chrono::steady_clock::now() > deadline) {
      throw std::runtime_error("not written: " + part);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

}  // namespace mediadock::app
