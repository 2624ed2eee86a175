#pragma once

/// \file
/// A host that asks its callers who they are, spoken to over a socket.

#include "http/server/server.h"
#include "http/syntax/percent_encoding.h"
#include "support/http_client.h"
#include "support/test_token.h"
#include "unit/media/media_fixture.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

namespace mediadock::http {

inline constexpr const char* kJson = "Content-Type: application/json\r\n";
/// So that two answers can be compared byte by byte.
inline constexpr const char* kSameId = "X-Request-Id: same\r\n";

inline std::string bearer(const std::string& token) {
  return "Authorization: Bearer " + token + "\r\n";
}

inline std::string withScopes(const std::string& scopes) {
  return bearer(freshToken(R"("sub":"anna","scope":")" + scopes + "\""));
}

inline std::string withPaths(const std::string& paths) {
  return bearer(freshToken(R"("sub":"anna","scope":"read write delete admin","paths":)" + paths));
}

inline std::string fileTarget(const std::string& path) {
  return "/api/crm/storage/file?path=" + percentEncode(path);
}

/// The value of the first `"url"` in a JSON text.
inline std::string urlIn(const std::string& json) {
  constexpr std::string_view kKey = "\"url\":\"";
  const std::size_t begin = json.find(kKey) + kKey.size();
  return json.substr(begin, json.find('"', begin) - begin);
}

/// A host that takes tokens, with `A/B/in.bin` and `A/C/out.bin` and their records.
class Access : public testing::Test {
 protected:
  explicit Access(bool hideDenied = false) {
    HttpSettings settings;
    settings.address = "127.0.0.1:0";
    settings.maxConnections = 16;
    settings.maxUploadBytes = 1000000;
    settings.requestTimeout = std::chrono::seconds(5);
    settings.drainTimeout = std::chrono::seconds(1);
    settings.access.mode = AuthMode::Jwt;
    settings.access.jwt = {.key = JwtKey::fromSecret(kTokenSecret), .cookie = "session"};
    settings.access.hideDenied = hideDenied;
    server = std::make_unique<HttpServer>(settings, *world.service);
    server->start();
    in = world.upload("in.bin", {.folder = "A/B"_path}, "inside");
    out = world.upload("out.bin", {.folder = "A/C"_path}, "outside");
  }

  HttpClient connect() const { return HttpClient(server->url()); }

  HttpAnswer send(const std::string& method, const std::string& target,
                  const std::string& headers = "", const std::string& body = "") const {
    return connect().exchange(method, target, headers, body);
  }

  /// The signed URL that a browser is given for `A/B/in.bin`.
  std::string signedUrl() const {
    return urlIn(send("GET", "/api/crm/storage/browse?path=A%2FB", withScopes("read")).body);
  }

  media::MediaWorld world;
  std::unique_ptr<HttpServer> server;
  records::MediaRecord in;
  records::MediaRecord out;
};

}  // namespace mediadock::http
