#pragma once

/// \file
/// The HTTP server of the host.

#include "http/server/http_settings.h"

#include <cstdint>
#include <memory>
#include <string>

namespace mediadock {

class MediaService;

/// Serves the API on one address, below it the guard (connection_guard). Expects the process to
/// ignore SIGPIPE, which sendfile and TLS raise for a client that left. Not for concurrent use by
/// its owner.
class HttpServer {
 public:
  /// Binds, without accepting yet. `media` must outlive the server. Access log lines go to the
  /// Poco logger named `access`, all else to the one named `http`.
  /// \throws StorageError `ConfigInvalid` where the address or the certificate cannot be used.
  HttpServer(const HttpSettings& settings, MediaService& media);
  ~HttpServer();

  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  void start();

  /// Takes no new connection, lets requests in flight end for as long as the drain timeout, then
  /// cancels them and closes what is left.
  void stop();

  /// `http://HOST:PORT` (or https) with the port really bound.
  std::string url() const;

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace mediadock
