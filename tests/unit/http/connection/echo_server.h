#pragma once

/// \file
/// The stock HTTP server with a handler that tells what reached it.

#include "http/framing/guard_settings.h"

#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/ThreadPool.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace mediadock::http::guard {

/// Times that no test comes near to, however busy the machine is.
GuardSettings patientSettings();

/// Times that a test can wait for.
GuardSettings quickSettings();

/// Serves on a free port of the loopback until destroyed. By path:
///
///     /echo          reads the body; answers method, target, bytes, digest, and `broken` if it
///     broke /ignore        leaves the body unread /header/NAME   the value of that header /past
///     reads behind the end of the body, then answers as /echo /silent        answers nothing
///     /waits         waits for the socket to become readable before it reads
///     /pieces        an answer in several buffers of one send
///     /big/N         N bytes by sendBytes
///     /file/N        a head by the stream, then N bytes by sendfile to the descriptor
class EchoServer {
 public:
  /// On a socket of Poco's own, with a receive timeout of `timeout`.
  static std::unique_ptr<EchoServer> stock();
  static std::unique_ptr<EchoServer> guarded(const GuardSettings& settings = patientSettings(),
                                             const Poco::Net::Context::Ptr& tls = {});

  EchoServer(const Poco::Net::ServerSocket& socket, int threads);
  ~EchoServer();

  EchoServer(const EchoServer&) = delete;
  EchoServer& operator=(const EchoServer&) = delete;

  std::uint16_t port() const { return server_->port(); }

  /// Requests that reached a handler.
  int handled() const { return handled_; }

  /// Answers that a handler could not send.
  int failedSends() const { return failedSends_; }

 private:
  std::atomic<int> handled_ = 0;
  std::atomic<int> failedSends_ = 0;
  Poco::ThreadPool pool_;
  std::unique_ptr<Poco::Net::HTTPServer> server_;
};

/// What /echo answers with.
std::string echoOf(std::string_view method, std::string_view target, std::string_view body);

}  // namespace mediadock::http::guard
