#pragma once

/// \file
/// A Nextcloud whose one folder has any number of files, made while they are sent.

#include "support/loopback_listener.h"

#include <atomic>
#include <stop_token>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace mediadock::nextcloud {

/// Answers one connection at a time on a loopback port, from construction to destruction. Listings
/// come in the order of a hash, as a database might give them.
class BigFolderServer {
 public:
  BigFolderServer(std::size_t files, bool hasPaging) : files_(files), hasPaging_(hasPaging) {
    thread_ = std::jthread([this](const std::stop_token& stop) { serve(stop); });
  }

  ~BigFolderServer() {
    thread_.request_stop();
    thread_.join();
  }

  BigFolderServer(const BigFolderServer&) = delete;
  BigFolderServer& operator=(const BigFolderServer&) = delete;

  std::string url() const { return listener_.url() + "/remote.php/dav/files/u"; }

  /// PROPFINDs of the folder's children so far.
  unsigned listings() const { return listings_; }

 private:
  void serve(const std::stop_token& stop) {
    for (int socket = listener_.accept(stop); socket >= 0; socket = listener_.accept(stop)) {
      std::string pending;
      for (auto request = LoopbackListener::readRequest(socket, pending, stop); !request.empty();
           request = LoopbackListener::readRequest(socket, pending, stop)) {
        answer(socket, request);
      }
      ::close(socket);
    }
  }

  static void send(int socket, const std::string& bytes) {
    for (std::size_t sent = 0; sent < bytes.size();) {
      const auto count = ::send(socket, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
      if (count <= 0) {
        return;
      }
      sent += static_cast<std::size_t>(count);
    }
  }

  static void sendChunk(int socket, const std::string& bytes) {
    char size[20];
    std::snprintf(size, sizeof size, "%zx\r\n", bytes.size());
    send(socket, size + bytes + "\r\n");
  }

  void answer(int socket, const std::string& request) {
    if (request.starts_with("OPTIONS")) {
      const std::string classes = hasPaging_ ? "1, 3, nc-paginate" : "1, 3";
      send(socket, "HTTP/1.1 200 OK\r\nDAV: " + classes + "\r\nContent-Length: 0\r\n\r\n");
    } else if (!request.starts_with("PROPFIND")) {
      send(socket, "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n[]");
    } else if (request.find("/dav/uploads/") != std::string::npos) {
      // The sweep. One connection at a time is served: it must not keep this one.
      send(socket, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    } else if (request.find("Depth: 0") != std::string::npos) {
      list(socket, "", 0, 1);
    } else {
      ++listings_;
      const auto offset = LoopbackListener::numberBehind("X-NC-Paginate-Offset: ", request);
      const auto count =
          LoopbackListener::numberBehind("X-NC-Paginate-Count: ", request, files_ + 1);
      const std::string first =
          "X-NC-Paginate-Token: T\r\nX-NC-Paginate-Total: " + std::to_string(files_ + 1) + "\r\n";
      list(socket,
           hasPaging_ ? "X-NC-Paginate: true\r\n" + (offset == 0 ? first : std::string()) : "",
           offset, hasPaging_ ? count : files_ + 1);
    }
  }

  /// The folder itself is entry 0.
  void list(int socket, const std::string& head, std::size_t offset, std::size_t count) const {
    send(socket, "HTTP/1.1 207 Multi-Status\r\nTransfer-Encoding: chunked\r\n" + head + "\r\n");
    std::string block = "<d:multistatus xmlns:d='DAV:' xmlns:oc='http://owncloud.org/ns'>";
    for (auto i = offset; i < offset + count && i <= files_; ++i) {
      block += i == 0 ? folder() : file(i);
      if (block.size() > 32768) {
        sendChunk(socket, block);
        block.clear();
      }
    }
    sendChunk(socket, block + "</d:multistatus>");
    send(socket, "0\r\n\r\n");
  }

  static std::string response(const std::string& name, const std::string& properties) {
    return "<d:response><d:href>/remote.php/dav/files/u/" + name + "</d:href><d:propstat><d:prop>" +
           properties + "</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>";
  }

  static std::string folder() {
    return response("",
                    "<d:resourcetype><d:collection/></d:resourcetype><d:getetag>\"e\"</d:getetag>");
  }

  std::string file(std::size_t index) const {
    // 7919 is prime to any number of files that a test asks for.
    const auto name = std::to_string(100000000 + index * 7919 % files_);
    return response("photo-" + name + ".jpeg",
                    "<d:resourcetype/><d:getcontentlength>12345</d:getcontentlength>"
                    "<d:getlastmodified>Sun, 22 Nov 2026 08:08:58 GMT</d:getlastmodified>"
                    "<d:getetag>\"19d79e33bf721bb4" +
                        name +
                        "a5e363276189\"</d:getetag>"
                        "<d:getcontenttype>application/octet-stream</d:getcontenttype>"
                        "<oc:fileid>" +
                        name + "</oc:fileid>");
  }

  std::size_t files_;
  bool hasPaging_;
  LoopbackListener listener_;
  std::atomic<unsigned> listings_ = 0;
  std::jthread thread_;
};

}  // namespace mediadock::nextcloud
