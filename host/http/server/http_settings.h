#pragma once

/// \file
/// What the HTTP side needs of the configuration.

#include "http/access/access_settings.h"
#include "http/admission/admission_settings.h"
#include "http/logs/log_format.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

namespace mediadock {

struct HttpSettings {
  /// `host:port`; port 0 takes a free one.
  std::string address = "127.0.0.1:8080";
  /// Both set: HTTPS.
  std::string tlsCertificateFile;
  std::string tlsKeyFile;
  std::uint32_t maxConnections = 1024;
  std::uint64_t maxUploadBytes = 17179869184;
  /// No progress within it ends a request.
  std::chrono::seconds requestTimeout{30};
  /// How long a kept-alive connection may be silent.
  std::chrono::seconds idleTimeout{60};
  /// How long `stop` waits for requests in flight.
  std::chrono::seconds drainTimeout{30};
  AdmissionSettings admission;
  /// Folder of the page at `/`; empty: there is none.
  std::filesystem::path staticRoot;
  LogFormat accessLogFormat = LogFormat::Text;
  AccessSettings access;
  /// Empty: the log.
  std::string auditFile;
};

}  // namespace mediadock
