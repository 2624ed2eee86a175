#include "http/server/server.h"

#include "http/access/authorizer.h"
#include "http/access/url_signer.h"
#include "http/admission/admission.h"
#include "http/connection/guarded_server_socket.h"
#include "http/exchange/drain.h"
#include "http/listings/cursor.h"
#include "http/logs/audit_log.h"
#include "http/server/endpoint_handler.h"
#include "http/server/router.h"
#include "http/server/routes.h"
#include "http/server/server_params.h"
#include "http/server/server_tls.h"
#include "media/media_service.h"
#include "media/readiness.h"
#include "mediadock/storage_error.h"
#include "storage/boundary/call_watch.h"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/ThreadPool.h>

#include <utility>

namespace mediadock::http {
namespace {

using guard::GuardedServerSocket;

/// Length of the kernel's accept queue. Poco's default of 64 overflows in a burst.
constexpr int kBacklog = 1024;

[[noreturn]] void refuse(const std::string& what, const Poco::Exception& error) {
  throw StorageError(StorageErrc::ConfigInvalid, what + ": " + error.displayText());
}

bool isTls(const HttpSettings& settings) {
  return !settings.tlsCertificateFile.empty() && !settings.tlsKeyFile.empty();
}

GuardedServerSocket bindSocket(const HttpSettings& settings) {
  if (settings.tlsCertificateFile.empty() != settings.tlsKeyFile.empty()) {
    throw StorageError(StorageErrc::ConfigInvalid,
                       "http.tls.certificate and http.tls.key go together");
  }
  const auto context = isTls(settings)
                           ? makeServerTls(settings.tlsCertificateFile, settings.tlsKeyFile)
                           : Poco::Net::Context::Ptr();
  try {
    const Poco::Net::SocketAddress address(settings.address);
    return GuardedServerSocket(address, kBacklog, guardSettings(settings), context);
  } catch (const Poco::Exception& error) {
    refuse("http.address " + settings.address + " cannot be used", error);
  }
}

}  // namespace

class HttpServer::Implementation {
 public:
  Implementation(HttpSettings settings, media::MediaService& media)
      : settings_(std::move(settings)),
        admission_(settings_.admission),
        audit_(settings_.auditFile),
        readiness_([&media](const CallContext& context) { media.check(context); }),
        urlSigner_(settings_.access.urlSigningKeys),
        authorizer_(settings_.access, urlSigner_),
        router_(makeRoutes({media, audit_, cursors_, urlSigner_, readiness_, drain_,
                            settings_.maxUploadBytes, settings_.staticRoot}),
                authorizer_, admission_),
        socket_(bindSocket(settings_)),
        // Two threads to spare: with an exhausted pool connections wait silently.
        pool_("http", 2, serverParams(settings_)->getMaxThreads() + 2),
        server_(new EndpointHandlerFactory({settings_, admission_, router_, drain_}), pool_,
                socket_, serverParams(settings_)) {
    // The other half of the threads keeps serving.
    storage::limitLostCalls(static_cast<std::size_t>(serverParams(settings_)->getMaxThreads()) / 2);
  }

  ~Implementation() { stop(); }

  Implementation(const Implementation&) = delete;
  Implementation& operator=(const Implementation&) = delete;

  void start() { server_.start(); }

  void stop();

  const std::string& url() const { return url_; }

 private:
  HttpSettings settings_;
  Admission admission_;
  AuditLog audit_;
  CursorSigner cursors_;
  Drain drain_;
  media::Readiness readiness_;
  UrlSigner urlSigner_;
  Authorizer authorizer_;
  Router router_;
  GuardedServerSocket socket_;
  std::string url_ = (isTls(settings_) ? "https://" : "http://") + socket_.address().toString();
  Poco::ThreadPool pool_;
  Poco::Net::HTTPServer server_;
  bool isStopped_ = false;
};

// Poco's own `stopAll(false)` waits indefinitely for a stalled client.
void HttpServer::Implementation::stop() {
  if (std::exchange(isStopped_, true)) {
    return;
  }
  constexpr std::chrono::seconds kLastMoment{5};
  drain_.begin();
  server_.stop();
  socket_.close();
  // No thread would notice further requests on idle connections.
  socket_.endIdle();
  if (!drain_.waitUntilIdle(settings_.drainTimeout)) {
    drain_.cancel();
    server_.stopAll(true);
    if (!drain_.waitUntilIdle(kLastMoment)) {
      storage::giveUpCalls();
    }
  }
  socket_.endConnections();
  server_.stopAll(true);
  // Joining a thread that is stuck in a plugin would block forever.
  if (storage::lostCalls() == 0) {
    pool_.joinAll();
  }
}

HttpServer::HttpServer(const HttpSettings& settings, media::MediaService& media)
    : implementation_(std::make_unique<Implementation>(settings, media)) {}

HttpServer::~HttpServer() = default;

void HttpServer::start() {
  implementation_->start();
}

void HttpServer::stop() {
  implementation_->stop();
}

std::string HttpServer::url() const {
  return implementation_->url();
}

}  // namespace mediadock::http
