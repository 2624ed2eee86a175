#pragma once

/// \file
/// tus 1.0.0 over a storage in memory, spoken over a socket.

#include "unit/http/endpoints_fixture.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace mediadock::http {

inline constexpr const char* kUploads = "/api/crm/storage/uploads";
inline constexpr const char* kVersion = "Tus-Resumable: 1.0.0\r\n";
inline constexpr const char* kContent = "Content-Type: application/offset+octet-stream\r\n";
/// `a.txt` for `folder`.
inline constexpr const char* kMetadata = "filename YS50eHQ=,nextcloud_path Zm9sZGVy";
/// Of "content".
inline constexpr const char* kSha1 = "sha1 BA8G/XdAkkeNRQd09bowxdp4rMg=";

class Tus : public testing::Test {
 protected:
  explicit Tus(const std::string& without = "",
               std::chrono::seconds expireAfter = std::chrono::hours(1))
      : world(without) {
    world.resumable.expireAfter = expireAfter;
    restart();
  }

  /// As `world.resumable` says now.
  void restart() {
    server.reset();
    world.restart();
    server = std::make_unique<HttpServer>(settingsOf(), *world.service);
    server->start();
  }

  HttpAnswer exchange(const std::string& method, const std::string& target,
                      const std::string& headers = "", const std::string& body = "") const {
    return HttpClient(server->url()).exchange(method, target, kVersion + headers, body);
  }

  HttpAnswer create(std::uint64_t size, const std::string& metadata = kMetadata,
                    const std::string& headers = "", const std::string& body = "") const {
    return exchange("POST", kUploads,
                    "Upload-Length: " + std::to_string(size) + "\r\nUpload-Metadata: " + metadata +
                        "\r\n" + headers,
                    body);
  }

  /// The address of a new upload of that many bytes.
  std::string begin(std::uint64_t size, const std::string& metadata = kMetadata) const {
    return create(size, metadata).header("Location");
  }

  HttpAnswer append(const std::string& upload, std::uint64_t offset, const std::string& bytes,
                    const std::string& headers = "") const {
    return exchange("PATCH", upload,
                    kContent + ("Upload-Offset: " + std::to_string(offset) + "\r\n") + headers,
                    bytes);
  }

  std::string offsetOf(const std::string& upload) const {
    return exchange("HEAD", upload).header("Upload-Offset");
  }

  /// Sends the beginning of a longer piece, and leaves.
  void appendBrokenOff(const std::string& upload, const std::string& bytes,
                       const std::string& headers = "") const {
    HttpClient client(server->url());
    client.send("PATCH " + upload + " HTTP/1.1\r\nHost: h\r\n" + kVersion + kContent +
                "Upload-Offset: 0\r\nContent-Length: 100000\r\n" + headers + "\r\n" + bytes);
    client.finishSending();
    client.receive();
  }

  media::MediaWorld world;
  std::unique_ptr<HttpServer> server;
};

}  // namespace mediadock::http
