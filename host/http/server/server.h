#pragma once

/// \file
/// The HTTP server: guarded connections, Poco's server and the API routes.

#include "http/server/http_settings.h"

#include <cstdint>
#include <memory>
#include <string>

namespace mediadock::media {
class MediaService;
}  // namespace mediadock::media

namespace mediadock::http {

/// Serves the API on one address, on top of guarded connections (http/connection). The process must
/// ignore SIGPIPE, which sendfile and TLS raise if the client has disconnected. Not thread-safe.
class HttpServer {
 public:
  /// Binds, but does not accept yet. `media` must outlive the server. Access log lines go to the
  /// Poco logger named `access`, all else to the one named `http`.
  /// \throws StorageError `ConfigInvalid` if the address or the certificate cannot be used.
  HttpServer(const HttpSettings& settings, media::MediaService& media);
  ~HttpServer();

  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  void start();

  /// Stops accepting connections, waits for requests in flight up to the drain timeout, then
  /// cancels them and closes the remaining connections.
  void stop();

  /// `http://HOST:PORT` (or https) with the port actually bound.
  std::string url() const;

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace mediadock::http
