#pragma once

/// \file
/// A real Apache with mod_dav on a free loopback port.

#include "support/dav_server_process.h"
#include "support/temp_directory.h"

#include <filesystem>
#include <string>

namespace mediadock {

/// Apache serving one folder by WebDAV behind Basic auth, from construction to destruction.
///
/// Works as root (its workers are then www-data) and as an ordinary user. Bodies of any size are
/// taken. Needs Debian's package apache2, and openssl for TLS.
class ApacheDav final {
 public:
  struct Options {
    /// HTTPS, with a certificate for `localhost` that `caFile()` vouches for.
    bool tls = false;
    /// Listings without sizes, and files of more than a few KB in chunks: both go through a filter
    /// that could change them. Lines are of a megabyte at most then.
    bool unsized = false;
  };

  /// Returns once Apache accepts connections. Throws `std::runtime_error` if it does not start.
  explicit ApacheDav(Options options);

  ApacheDav() : ApacheDav(Options{}) {}

  ~ApacheDav();

  ApacheDav(const ApacheDav&) = delete;
  ApacheDav& operator=(const ApacheDav&) = delete;
  ApacheDav(ApacheDav&&) = delete;
  ApacheDav& operator=(ApacheDav&&) = delete;

  /// The WebDAV root, without a trailing slash.
  std::string url() const;

  const std::string& username() const noexcept { return credentials_.username; }

  const std::string& password() const noexcept { return credentials_.password; }

  /// The served folder.
  std::filesystem::path documentRoot() const { return home_.path() / "root"; }

  /// The self-signed certificate, with `Options::tls`.
  std::filesystem::path caFile() const { return home_.path() / "server.crt"; }

 private:
  std::string configuration(std::uint16_t port) const;

  Options options_;
  DavCredentials credentials_ = DavCredentials::generate();
  TempDirectory home_{0755};
  ListeningProcess server_;
};

}  // namespace mediadock
