#pragma once

/// \file
/// What starting Apache and starting nginx have in common.

#include "support/child_process.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace mediadock {

/// User name and password of a server that a test starts.
struct DavCredentials {
  std::string username;
  std::string password;

  /// Fresh ones, at random.
  static DavCredentials generate();
};

/// One line of a password file: Basic auth with an APR1 hash.
std::string toPasswordLine(const DavCredentials& credentials);

/// A server process that accepts connections on `port`.
struct ListeningProcess {
  std::unique_ptr<ChildProcess> process;
  std::uint16_t port = 0;
};

/// Starts a server that has to be told its port: `prepare(port)` writes its configuration and
/// returns its command line. Returns once the port accepts connections; a server that ends before
/// that (somebody else took the port) is started anew on another one, a few times.
/// Throws `std::runtime_error` with the server's own words if it never comes up.
ListeningProcess startListening(
    const std::function<std::vector<std::string>(std::uint16_t port)>& prepare);

/// Ends a server with SIGTERM, and waits.
void stopGently(ChildProcess& process);

/// Whether the test runs as root, where servers want an ordinary user for their workers.
bool isRoot();

/// Gives the file or folder to www-data if the test runs as root. Throws `std::system_error`.
void giveToWorkers(const std::filesystem::path& path);

}  // namespace mediadock
