#pragma once

/// \file
/// A client that sends whatever it is told to.

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace mediadock::http::guard {

/// How the head of a request goes on after its target.
inline const std::string kHost = " HTTP/1.1\r\nHost: a\r\n";

/// What came before a connection ended.
struct Received {
  std::string bytes;
  bool wasReset = false;
  bool timedOut = false;
};

struct Answer {
  /// 0: none came.
  int status = 0;
  std::string head;
  std::string body;
};

class RawClient {
 public:
  explicit RawClient(std::uint16_t port);
  ~RawClient();

  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  /// Returns how much the server took; a closed connection is no error.
  std::size_t send(std::string_view bytes);

  /// Says that nothing more comes.
  void endSending();

  /// The next answer with the body that its Content-Length announces. Waits for 5 s at most.
  Answer receive();

  /// All until the connection ends, for 5 s at most.
  Received receiveToEnd();

  /// Whether the server ends the connection, without another byte, within 5 s.
  bool isEnded();

  int descriptor() const { return descriptor_; }

 private:
  bool more();

  int descriptor_;
  std::string received_;
  bool wasReset_ = false;
  bool timedOut_ = false;
};

}  // namespace mediadock::http::guard
