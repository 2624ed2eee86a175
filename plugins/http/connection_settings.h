#pragma once

/// \file
/// How to reach a server, and as whom.

#include "http/origin.h"

#include <chrono>
#include <cstddef>
#include <string>

namespace mediadock {

struct ConnectionSettings {
  Origin origin;
  /// PEM file of the certificates to trust; empty: the system's.
  std::string caFile;
  bool verifyTls = true;
  std::chrono::milliseconds connectTimeout{5000};
  /// Longest silence of the server.
  std::chrono::milliseconds ioTimeout{60000};
  std::size_t maxConnections = 32;
  std::string username;
  std::string password;
  /// How often a request that may be repeated is sent again.
  unsigned retries = 4;
};

}  // namespace mediadock
