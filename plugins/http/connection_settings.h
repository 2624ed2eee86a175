#pragma once

/// \file
/// Address, credentials and limits for connecting to a server.

#include "http/origin.h"

#include <chrono>
#include <cstddef>
#include <string>

namespace mediadock::http_client {

struct ConnectionSettings {
  Origin origin;
  /// PEM file with the trusted certificates; empty: the system's.
  std::string caFile;
  bool verifyTls = true;
  std::chrono::milliseconds connectTimeout{5000};
  /// Longest time that the server may be silent.
  std::chrono::milliseconds ioTimeout{60000};
  std::size_t maxConnections = 32;
  std::string username;
  std::string password;
  /// How often a repeatable request is retried.
  unsigned retries = 4;
};

}  // namespace mediadock::http_client
