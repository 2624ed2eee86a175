#pragma once

/// \file
/// Configuration of the HTTP server.

#include "http/access/access_settings.h"
#include "http/admission/admission_settings.h"
#include "http/logs/log_format.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

namespace mediadock::http {

struct HttpSettings {
  /// `host:port`; port 0 takes a free one.
  std::string address = "127.0.0.1:8080";
  /// HTTPS if both are set.
  std::string tlsCertificateFile;
  std::string tlsKeyFile;
  std::uint32_t maxConnections = 1024;
  std::uint64_t maxUploadBytes = 17179869184;
  /// A request without progress for this long is aborted.
  std::chrono::seconds requestTimeout{30};
  /// How long a kept-alive connection may be idle.
  std::chrono::seconds idleTimeout{60};
  /// How long `stop` waits for requests in flight.
  std::chrono::seconds drainTimeout{30};
  AdmissionSettings admission;
  /// Folder of the page served at `/`; empty: none.
  std::filesystem::path staticRoot;
  LogFormat accessLogFormat = LogFormat::Text;
  AccessSettings access;
  /// Empty: audit lines go to the log.
  std::string auditFile;
};

}  // namespace mediadock::http
