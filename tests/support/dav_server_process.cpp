#include "support/dav_server_process.h"

#include "support/free_port.h"
#include "support/random_text.h"

#include <arpa/inet.h>
#include <cerrno>
#include <csignal>
#include <netinet/in.h>
#include <pwd.h>
#include <stdexcept>
#include <sys/socket.h>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace mediadock {

namespace {

using Clock = std::chrono::steady_clock;
constexpr int kAttempts = 5;
constexpr std::chrono::seconds kStartDeadline{20};
constexpr std::chrono::milliseconds kStartPoll{5};

bool accepts(std::uint16_t port) {
  const int client = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  const bool connected =
      ::connect(client, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  ::close(client);
  return connected;
}

bool comesUp(ChildProcess& process, std::uint16_t port) {
  const auto end = Clock::now() + kStartDeadline;
  while (process.isRunning() && Clock::now() < end) {
    if (accepts(port)) {
      // Whoever answers may be a stranger who took the port; ours would then give up.
      return process.isRunning();
    }
    std::this_thread::sleep_for(kStartPoll);
  }
  return false;
}

}  // namespace

DavCredentials DavCredentials::generate() {
  return {.username = "user-" + randomText(6), .password = randomText(24)};
}

std::string toPasswordLine(const DavCredentials& credentials) {
  return credentials.username + ":" +
         runProgram({"openssl", "passwd", "-apr1", credentials.password});
}

ListeningProcess startListening(
    const std::function<std::vector<std::string>(std::uint16_t port)>& prepare) {
  std::string complaint;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    const std::uint16_t port = findFreePort();
    auto process = std::make_unique<ChildProcess>(ChildProcess::Options{.command = prepare(port)});
    if (comesUp(*process, port)) {
      return {.process = std::move(process), .port = port};
    }
    complaint = process->standardOutput() + process->standardError();
  }
  throw std::runtime_error("the server does not come up: " + complaint);
}

void stopGently(ChildProcess& process) {
  process.signal(SIGTERM);
  process.waitForExit();
}

bool isRoot() {
  return ::geteuid() == 0;
}

void giveToWorkers(const std::filesystem::path& path) {
  if (!isRoot()) {
    return;
  }
  const passwd* const workers = ::getpwnam("www-data");
  if (workers == nullptr || ::chown(path.c_str(), workers->pw_uid, workers->pw_gid) != 0) {
    throw std::system_error(workers == nullptr ? ENOENT : errno, std::generic_category(),
                            "give " + path.string() + " to www-data");
  }
}

}  // namespace mediadock
