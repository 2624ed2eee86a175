#pragma once

/// \file
/// A real lighttpd with mod_webdav on a free loopback port.

#include "support/dav_server_process.h"
#include "support/temp_directory.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace mediadock {

/// lighttpd serving one folder by WebDAV, from construction to destruction. It knows the types of
/// `.jpg` and `.txt`; with others it sends neither an etag nor a time.
///
/// Works as root (its worker is then www-data) and as an ordinary user. Needs Debian's packages
/// lighttpd and lighttpd-mod-webdav.
class LighttpdDav final {
 public:
  enum class Login { Basic, Digest };

  /// Returns once lighttpd accepts connections. Throws `std::runtime_error` if it does not start.
  explicit LighttpdDav(Login login);

  LighttpdDav() : LighttpdDav(Login::Basic) {}

  ~LighttpdDav();

  LighttpdDav(const LighttpdDav&) = delete;
  LighttpdDav& operator=(const LighttpdDav&) = delete;
  LighttpdDav(LighttpdDav&&) = delete;
  LighttpdDav& operator=(LighttpdDav&&) = delete;

  /// The WebDAV root, without a trailing slash.
  std::string url() const { return "http://127.0.0.1:" + std::to_string(server_.port); }

  const std::string& username() const noexcept { return credentials_.username; }

  const std::string& password() const noexcept { return credentials_.password; }

  /// The served folder.
  std::filesystem::path documentRoot() const { return home_.path() / "root"; }

 private:
  std::string configuration(std::uint16_t port) const;

  Login login_;
  DavCredentials credentials_ = DavCredentials::generate();
  TempDirectory home_{0755};
  ListeningProcess server_;
};

}  // namespace mediadock
