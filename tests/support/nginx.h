#pragma once

/// \file
/// A real nginx on a free loopback port.

#include "support/dav_server_process.h"
#include "support/temp_directory.h"

#include <cstdint>
#include <string>

namespace mediadock {

/// One server of nginx, from construction to destruction.
///
/// Works as root (its workers are then www-data) and as an ordinary user. Bodies of any size are
/// taken. Needs Debian's package nginx.
class Nginx final {
 public:
  /// Directives, by the block they stand in.
  struct Configuration {
    std::string main;
    std::string http;
    /// Besides `listen`.
    std::string server;
  };

  /// Returns once nginx accepts connections. Throws `std::runtime_error` if it does not start.
  explicit Nginx(const Configuration& configuration);
  ~Nginx();

  Nginx(const Nginx&) = delete;
  Nginx& operator=(const Nginx&) = delete;
  Nginx(Nginx&&) = delete;
  Nginx& operator=(Nginx&&) = delete;

  std::uint16_t port() const noexcept { return server_.port; }

 private:
  std::string write(const Configuration& configuration, std::uint16_t port) const;

  TempDirectory home_{0755};
  ListeningProcess server_;
};

}  // namespace mediadock
