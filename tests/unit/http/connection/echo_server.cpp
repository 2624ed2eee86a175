#include "unit/http/connection/echo_server.h"

#include "http/connection/guarded_server_socket.h"
#include "http/connection/guarded_stream_socket_impl.h"
#include "http/framing/characters.h"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequestImpl.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/TemporaryFile.h>

#include <algorithm>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

namespace mediadock::http::guard {
namespace {

using Poco::Net::HTTPRequestHandler;
using Poco::Net::HTTPServerRequest;
using Poco::Net::HTTPServerRequestImpl;
using Poco::Net::HTTPServerResponse;

/// What the guard has judged; null where there is none.
const RequestHead* parsedHead(const HTTPServerRequest& request) {
  auto& served =
      const_cast<HTTPServerRequestImpl&>(dynamic_cast<const HTTPServerRequestImpl&>(request));
  const auto* const socket = dynamic_cast<GuardedStreamSocketImpl*>(served.socket().impl());
  return socket == nullptr ? nullptr : &socket->head();
}

std::string targetOf(const HTTPServerRequest& request) {
  const auto* const head = parsedHead(request);
  return head == nullptr ? request.getURI() : head->line.target;
}

std::string headerOf(const HTTPServerRequest& request, const std::string& name) {
  const auto* const head = parsedHead(request);
  if (head == nullptr) {
    return request.get(name, "-");
  }
  const auto found = std::find_if(
      head->fields.begin(), head->fields.end(),
      [&](const HeaderField& field) { return base::equalsIgnoringCase(field.name, name); });
  return found == head->fields.end() ? "-" : std::string(found->value);
}

struct Seen {
  std::uint64_t bytes = 0;
  std::uint64_t digest = 14695981039346656037U;

  void add(std::string_view piece) {
    bytes += piece.size();
    for (const char c : piece) {
      digest = (digest ^ static_cast<unsigned char>(c)) * 1099511628211U;
    }
  }
};

std::string describe(std::string_view method, std::string_view target, const Seen& seen) {
  std::string text(method);
  return text.append(" ").append(target) + " " + std::to_string(seen.bytes) + " " +
         std::to_string(seen.digest);
}

class EchoHandler final : public HTTPRequestHandler {
 public:
  EchoHandler(std::atomic<int>& handled, std::atomic<int>& failedSends)
      : handled_(handled),
        failedSends_(failedSends) {}

  void handleRequest(HTTPServerRequest& request, HTTPServerResponse& response) override {
    ++handled_;
    const std::string target = targetOf(request);
    if (target.starts_with("/ignore") || target == "/denied") {
      answer(response, "ignored");
    } else if (target == "/pieces") {
      sendPieces(request);
    } else if (target == "/method") {
      answer(response, request.getMethod());
    } else if (target.starts_with("/header/")) {
      answer(response, headerOf(request, target.substr(8)));
    } else if (target.starts_with("/big/")) {
      sendBig(request, response, std::strtoull(target.c_str() + 5, nullptr, 10));
    } else if (target.starts_with("/file/")) {
      sendFile(request, response, std::atoi(target.c_str() + 6));
    } else if (!target.starts_with("/silent")) {
      echo(request, response);
    }
  }

 private:
  static void answer(HTTPServerResponse& response, const std::string& text) {
    response.setContentLength64(static_cast<Poco::Int64>(text.size()));
    response.send() << text;
  }

  static void echo(HTTPServerRequest& request, HTTPServerResponse& response) {
    const std::string target = targetOf(request);
    auto& socket = static_cast<HTTPServerRequestImpl&>(request).socket();
    if (target.starts_with("/waits")) {
      socket.poll(Poco::Timespan(1, 0), Poco::Net::Socket::SELECT_READ);
    }
    Seen seen;
    char block[1000];
    auto& body = request.stream();
    while (body.read(block, sizeof block) || body.gcount() > 0) {
      seen.add({block, static_cast<std::size_t>(body.gcount())});
    }
    const bool isBroken = body.bad();
    if (target.starts_with("/past")) {
      body.clear();
      seen.add(std::string(8, 'x').substr(
          0, static_cast<std::size_t>(body.rdbuf()->sgetn(block, sizeof block))));
    }
    answer(response, describe(request.getMethod(), target, seen) + (isBroken ? " broken" : ""));
  }

  static void sendPieces(HTTPServerRequest& request) {
    std::string head = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n";
    std::string body = "body";
    static_cast<HTTPServerRequestImpl&>(request).socket().sendBytes(
        Poco::Net::SocketBufVec{{head.data(), head.size()}, {body.data(), body.size()}});
  }

  void sendBig(HTTPServerRequest& request, HTTPServerResponse& response, std::uint64_t bytes) {
    response.setContentLength64(static_cast<Poco::Int64>(bytes));
    response.send().flush();
    const std::string block(65536, 'b');
    try {
      while (bytes > 0) {
        const auto piece = std::min<std::uint64_t>(bytes, block.size());
        static_cast<HTTPServerRequestImpl&>(request).socket().sendBytes(block.data(),
                                                                        static_cast<int>(piece));
        bytes -= piece;
      }
    } catch (const Poco::Exception&) {
      ++failedSends_;
    }
  }

  void sendFile(HTTPServerRequest& request, HTTPServerResponse& response, int bytes) {
    const Poco::TemporaryFile file;
    const int descriptor = ::open(file.path().c_str(), O_RDWR | O_CREAT | O_EXCL, 0600);
    if (::ftruncate(descriptor, bytes) == 0) {
      response.setContentLength64(bytes);
      response.send().flush();
      auto* const socket = static_cast<HTTPServerRequestImpl&>(request).socket().impl();
      try {
        dynamic_cast<GuardedStreamSocketImpl&>(*socket).sendFile(descriptor, 0,
                                                                 static_cast<std::uint64_t>(bytes));
      } catch (const Poco::Exception&) {
        ++failedSends_;
      }
    }
    ::close(descriptor);
  }

  std::atomic<int>& handled_;
  std::atomic<int>& failedSends_;
};

class EchoFactory final : public Poco::Net::HTTPRequestHandlerFactory {
 public:
  EchoFactory(std::atomic<int>& handled, std::atomic<int>& failedSends)
      : handled_(handled),
        failedSends_(failedSends) {}

  HTTPRequestHandler* createRequestHandler(const HTTPServerRequest& request) override {
    if (targetOf(request) == "/denied") {
      request.response().setStatus(HTTPServerResponse::HTTP_REQUEST_ENTITY_TOO_LARGE);
    }
    return new EchoHandler(handled_, failedSends_);
  }

 private:
  std::atomic<int>& handled_;
  std::atomic<int>& failedSends_;
};

const Poco::Net::SocketAddress kAnyPort("127.0.0.1", 0);

}  // namespace

GuardSettings patientSettings() {
  GuardSettings settings;
  settings.drainTimeout = std::chrono::seconds(10);
  return settings;
}

GuardSettings quickSettings() {
  using std::chrono::milliseconds;
  GuardSettings settings;
  settings.headTimeout = milliseconds(300);
  settings.idleTimeout = milliseconds(2000);
  settings.receiving = {
      .stall = milliseconds(300), .grace = milliseconds(200), .bytesPerSecond = 512};
  settings.sending = {
      .stall = milliseconds(300), .grace = milliseconds(200), .bytesPerSecond = 512};
  settings.drainTimeout = milliseconds(300);
  settings.lingerTimeout = milliseconds(2000);
  return settings;
}

std::unique_ptr<EchoServer> EchoServer::stock() {
  return std::make_unique<EchoServer>(Poco::Net::ServerSocket(kAnyPort), 8);
}

std::unique_ptr<EchoServer> EchoServer::guarded(const GuardSettings& settings,
                                                const Poco::Net::Context::Ptr& tls) {
  return std::make_unique<EchoServer>(GuardedServerSocket(kAnyPort, 64, settings, tls), 8);
}

EchoServer::EchoServer(const Poco::Net::ServerSocket& socket, int threads)
    : pool_(threads, threads + 2) {
  auto* parameters = new Poco::Net::HTTPServerParams;
  parameters->setMaxThreads(threads);
  parameters->setMaxQueued(1024);
  parameters->setTimeout(Poco::Timespan(5, 0));
  parameters->setKeepAliveTimeout(Poco::Timespan(5, 0));
  server_ = std::make_unique<Poco::Net::HTTPServer>(new EchoFactory(handled_, failedSends_), pool_,
                                                    socket, parameters);
  server_->start();
}

EchoServer::~EchoServer() {
  server_->stopAll(true);
  pool_.joinAll();
}

std::string echoOf(std::string_view method, std::string_view target, std::string_view body) {
  Seen seen;
  seen.add(body);
  return describe(method, target, seen);
}

}  // namespace mediadock::http::guard
