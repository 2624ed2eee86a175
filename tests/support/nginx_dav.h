#pragma once

/// \file
/// A real nginx with its WebDAV modules on a free loopback port.

#include "support/dav_server_process.h"
#include "support/nginx.h"
#include "support/temp_directory.h"

#include <filesystem>
#include <optional>
#include <string>

namespace mediadock {

/// nginx serving one folder by WebDAV (modules dav and dav-ext) behind Basic auth, from
/// construction to destruction.
///
/// Needs Debian's packages nginx and libnginx-mod-http-dav-ext.
class NginxDav final {
 public:
  /// Returns once nginx accepts connections. Throws `std::runtime_error` if it does not start.
  NginxDav();

  /// The WebDAV root, without a trailing slash.
  std::string url() const { return "http://127.0.0.1:" + std::to_string(nginx_->port()); }

  const std::string& username() const noexcept { return credentials_.username; }

  const std::string& password() const noexcept { return credentials_.password; }

  /// The served folder.
  std::filesystem::path documentRoot() const { return home_.path() / "root"; }

 private:
  Nginx::Configuration configuration() const;

  DavCredentials credentials_ = DavCredentials::generate();
  TempDirectory home_{0755};
  std::optional<Nginx> nginx_;
};

}  // namespace mediadock
