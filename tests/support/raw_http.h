#pragma once

/// \file
/// HTTP byte for byte: for requests that no well-behaved client sends, and answers seen as they
/// are.

#include <Poco/Net/StreamSocket.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace mediadock {

/// Head and body of a request or an answer; the body is without chunk framing.
struct HttpMessage {
  std::string startLine;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;

  /// The first such header; empty where there is none. Case does not matter.
  std::string header(const std::string& name) const;
  bool has(const std::string& name) const;
  std::vector<std::string> allHeaders(const std::string& name) const;

  /// Of an answer; 0 where there is no start line.
  int status() const;
};

/// Parses a head (up to the empty line or the end of `text`) and takes the rest for the body.
HttpMessage parseHttpMessage(const std::string& text);

/// One connection to a server on 127.0.0.1. Reading gives up after 30 s.
class RawConnection final {
 public:
  explicit RawConnection(std::uint16_t port);

  void send(const std::string& bytes);

  /// Tells the server that nothing more comes.
  void finishSending();

  void close();

  /// Reads the next answer, passing over `100 Continue`. A connection that ends before an answer
  /// gives an empty message; a body that is cut off ends where it was cut.
  HttpMessage receive(bool isAnswerToHead = false);

 private:
  bool fill();
  std::string take(std::size_t count);
  std::string takeLine();
  std::string takeChunks();
  HttpMessage receiveOne(bool isAnswerToHead);

  Poco::Net::StreamSocket socket_;
  std::string received_;
};

/// `user:password` as the value of an Authorization header.
std::string basicAuthorization(const std::string& username, const std::string& password);

}  // namespace mediadock
