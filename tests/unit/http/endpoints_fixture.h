#pragma once

/// \file
/// The API over a storage in memory and records in SQLite, spoken to over a socket.

#include "http/server/server.h"
#include "http/syntax/percent_encoding.h"
#include "support/http_client.h"
#include "unit/media/media_fixture.h"

#include <gtest/gtest.h>

#include <string>

namespace mediadock::http {

inline constexpr const char* kJson = "Content-Type: application/json\r\n";

inline std::string fileTarget(const std::string& path) {
  return "/api/crm/storage/file?path=" + percentEncode(path);
}

inline HttpSettings settingsOf() {
  HttpSettings settings;
  settings.address = "127.0.0.1:0";
  settings.maxConnections = 16;
  settings.maxUploadBytes = 1000000;
  settings.requestTimeout = std::chrono::seconds(5);
  settings.drainTimeout = std::chrono::seconds(1);
  return settings;
}

class Endpoints : public testing::Test {
 protected:
  /// `without` names abilities that the storage is to lack; `deniedTypes` are
  /// `uploads.denied_types`.
  explicit Endpoints(const std::string& without = "", const std::string& deniedTypes = "")
      : world(without, deniedTypes) {
    server.start();
  }

  HttpClient connect() const { return HttpClient(server.url()); }

  HttpAnswer get(const std::string& target, const std::string& headers = "") const {
    return connect().exchange("GET", target, headers);
  }

  HttpAnswer upload(const FormBody& form, const std::string& headers = "") const {
    return connect().exchange("POST", "/api/crm/storage/upload", FormBody::kContentType + headers,
                              form.str());
  }

  HttpAnswer post(const std::string& target, const std::string& json) const {
    return connect().exchange("POST", target, kJson, json);
  }

  media::MediaWorld world;
  HttpServer server{settingsOf(), *world.service};
};

}  // namespace mediadock::http
