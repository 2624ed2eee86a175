#pragma once

/// \file
/// A TLS server that plays scripted bytes, with a certificate of its own.

#include "support/child_process.h"
#include "support/temp_directory.h"

#include <Poco/Net/Context.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/Net/SecureStreamSocket.h>

#include <atomic>
#include <optional>
#include <poll.h>
#include <string>
#include <thread>
#include <vector>

namespace mediadock::nextcloud {

class TlsServer {
 public:
  enum class End {
    Notify,  ///< As TLS wants it.
    Cut,     ///< TCP alone ends, without close_notify.
    Hold,    ///< Nothing ends.
  };

  /// Answers each connection's one request. `name` is the certificate's only name.
  TlsServer(const std::string& name, std::string answer, End end)
      : answer_(std::move(answer)),
        end_(end) {
    const auto key = (home_.path() / "key.pem").string();
    runProgram({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                "-nodes", "-days", "2", "-subj", "/CN=" + name, "-addext",
                "subjectAltName=DNS:" + name, "-keyout", key, "-out", caFile()});
    Poco::Net::Context::Params params;
    params.privateKeyFile = key;
    params.certificateFile = caFile();
    params.verificationMode = Poco::Net::Context::VERIFY_NONE;
    socket_.emplace(Poco::Net::SocketAddress("127.0.0.1", 0), 16,
                    new Poco::Net::Context(Poco::Net::Context::TLS_SERVER_USE, params));
    acceptor_ = std::jthread([this](const std::stop_token& stop) { acceptAll(stop); });
  }

  ~TlsServer() {
    acceptor_.request_stop();
    acceptor_.join();
  }

  TlsServer(const TlsServer&) = delete;
  TlsServer& operator=(const TlsServer&) = delete;

  std::string caFile() const { return (home_.path() / "cert.pem").string(); }

  std::string url(const std::string& host = "localhost") const {
    return "https://" + host + ":" + std::to_string(socket_->address().port());
  }

  /// Requests whose head came whole, over connections that the client trusted.
  unsigned requests() const { return requests_; }

  /// Connections whose handshake resumed an earlier one.
  unsigned resumed() const { return resumed_; }

 private:
  void acceptAll(const std::stop_token& stop) {
    std::vector<Poco::Net::StreamSocket> held;
    while (!stop.stop_requested()) {
      pollfd wanted{socket_->impl()->sockfd(), POLLIN, 0};
      if (::poll(&wanted, 1, 20) <= 0) {
        continue;
      }
      try {
        Poco::Net::SecureStreamSocket client(socket_->acceptConnection());
        client.setReceiveTimeout(Poco::Timespan(10, 0));
        serve(client);
        if (end_ == End::Hold) {
          held.emplace_back(client);
        }
      } catch (const Poco::Exception&) {
        // A client that does not trust us leaves in the middle of the handshake.
      }
    }
  }

  void serve(Poco::Net::SecureStreamSocket& client) {
    std::string request;
    char block[4096];
    while (request.find("\r\n\r\n") == std::string::npos) {
      const int count = client.receiveBytes(block, sizeof block);
      if (count <= 0) {
        return;
      }
      request.append(block, static_cast<std::size_t>(count));
    }
    ++requests_;
    resumed_ += client.sessionWasReused() ? 1U : 0U;
    client.sendBytes(answer_.data(), static_cast<int>(answer_.size()));
    if (end_ == End::Notify) {
      client.shutdown();
    } else if (end_ == End::Cut) {
      ::shutdown(client.impl()->sockfd(), SHUT_RDWR);
    }
  }

  TempDirectory home_;
  std::string answer_;
  End end_;
  std::optional<Poco::Net::SecureServerSocket> socket_;
  std::atomic<unsigned> requests_ = 0;
  std::atomic<unsigned> resumed_ = 0;
  std::jthread acceptor_;
};

}  // namespace mediadock::nextcloud
