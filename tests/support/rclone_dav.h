#pragma once

/// \file
/// A real `rclone serve webdav` on a free loopback port.

#include "support/dav_server_process.h"
#include "support/temp_directory.h"

#include <filesystem>
#include <string>

namespace mediadock {

/// rclone serving one folder by the WebDAV of Go (`golang.org/x/net/webdav`), whose collections
/// have no etags while files have, behind Basic auth; from construction to destruction. Needs
/// Debian's package rclone.
class RcloneDav final {
 public:
  /// Returns once it accepts connections. Throws `std::runtime_error` if it does not start.
  RcloneDav();
  ~RcloneDav();

  RcloneDav(const RcloneDav&) = delete;
  RcloneDav& operator=(const RcloneDav&) = delete;

  /// The WebDAV root, without a trailing slash.
  std::string url() const { return "http://127.0.0.1:" + std::to_string(server_.port); }

  const std::string& username() const noexcept { return credentials_.username; }

  const std::string& password() const noexcept { return credentials_.password; }

  /// The served folder. What is put there past the server is seen at once.
  std::filesystem::path documentRoot() const { return home_.path() / "root"; }

 private:
  DavCredentials credentials_ = DavCredentials::generate();
  TempDirectory home_{0755};
  ListeningProcess server_;
};

}  // namespace mediadock
