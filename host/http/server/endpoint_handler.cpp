#include "http/server/endpoint_handler.h"

#include "http/connection/guarded_stream_socket_impl.h"
#include "http/exchange/client_gone.h"
#include "http/exchange/problem.h"
#include "http/logs/access_log.h"
#include "storage/boundary/call_watch.h"

#include <Poco/Exception.h>
#include <Poco/Logger.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPServerRequestImpl.h>
#include <Poco/Net/HTTPServerResponse.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>

namespace mediadock::http {
namespace {

using Poco::Net::HTTPServerRequest;
using Poco::Net::HTTPServerRequestImpl;
using Poco::Net::HTTPServerResponse;

Client peerOf(const HTTPServerRequest& request) {
  const auto host = request.clientAddress().host();
  const std::span bytes(static_cast<const std::uint8_t*>(host.addr()),
                        static_cast<std::size_t>(host.length()));
  return {.address = IpAddress::fromBytes(bytes), .isSecure = request.secure()};
}

/// The server only has guarded sockets.
const guard::RequestHead& parsedHead(HTTPServerRequestImpl& request) {
  return dynamic_cast<guard::GuardedStreamSocketImpl&>(*request.socket().impl()).head();
}

/// One request and its response.
class Exchange final : public storage::ILostCallHandler {
 public:
  Exchange(const HandlerContext& context, ClientWatch& watch, HTTPServerRequestImpl& request,
           Drain::InFlight& inFlight)
      : context_(context),
        watch_(watch),
        request_(request),
        inFlight_(inFlight),
        head_(parsedHead(request)),
        client_(peerOf(request)),
        body_(request),
        response_(request.socket(), [this] {
          if (visit_) {
            visit_->stopLooking();
          }
          return mayKeepAlive();
        }) {}

  /// Always sends a response or aborts the connection. Returns whether it can be kept alive.
  bool run() noexcept;

  /// Responds in place of a thread that is stuck in a plugin.
  void onLostCall(const storage::LostCall& call) noexcept override;

 private:
  void serve();
  void answer(const Problem& problem) noexcept;
  void answer(const StorageError& error) noexcept;
  bool hasClientLeft() const;
  void send(const Problem& problem) noexcept;
  void fail(std::string_view what) noexcept;
  void leave(std::string_view reason) noexcept;
  bool mayKeepAlive() const;
  void logAccess() noexcept;

  const HandlerContext& context_;
  ClientWatch& watch_;
  HTTPServerRequestImpl& request_;
  Drain::InFlight& inFlight_;
  const guard::RequestHead& head_;
  Client client_;
  std::chrono::system_clock::time_point time_ = std::chrono::system_clock::now();
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::string id_;
  RequestBody body_;
  std::optional<ClientWatch::Visit> visit_;
  std::optional<Request> asked_;
  Response response_;
  /// `onLostCall` has sent the response and shut the connection down.
  bool isGivenUp_ = false;
};

bool Exchange::run() noexcept {
  try {
    const storage::LostCallScope scope(*this);
    serve();
  } catch (const ProblemException& error) {
    answer(error.problem());
  } catch (const media::RefusedType& error) {
    answer(toProblem(error));
  } catch (const media::UploadKeyError& error) {
    answer(toProblem(error));
  } catch (const StorageError& error) {
    hasClientLeft() ? leave("the client left before its answer") : answer(error);
  } catch (const ClientGone& error) {
    leave(error.what());
  } catch (const Poco::Exception& error) {
    fail(error.displayText());
  } catch (const std::exception& error) {
    fail(error.what());
  } catch (...) {
    fail("something that is no exception was thrown");
  }
  if (isGivenUp_) {
    return false;
  }
  if (response_.isIncomplete()) {
    response_.abort();
  }
  logAccess();
  return response_.keepsAlive();
}

void Exchange::onLostCall(const storage::LostCall& call) noexcept {
  isGivenUp_ = true;
  try {
    Poco::Logger::get("http").error(id_ + ": " + call.str());
    send(toProblem(StorageError({.code = StorageErrc::Timeout,
                                 .message = "the storage has not answered in time",
                                 .retry = Retry::OutcomeUnknown})));
    request_.socket().impl()->shutdown();
  } catch (...) {
    response_.abort();
  }
  response_.giveUp();
  logAccess();
  inFlight_.release();
}

void Exchange::serve() {
  RequestHead head = toHead(head_);
  id_ = requestIdOf(head.headers);
  client_ = context_.admission.clientOf(client_, head.headers);
  response_.setStandingHeader("X-Request-Id", id_);
  if (head.method == "HEAD") {
    response_.omitBody();
  }
  if (!head_.line.isVersion11) {
    response_.forbidChunks();
  }
  if (!context_.admission.admit(head, client_, response_)) {
    return;
  }
  auto cancellation = context_.drain.cancellation();
  if (head.method == "GET" || head.method == "HEAD") {
    // Only reads: a change that has begun is completed even if its client disconnects.
    visit_.emplace(watch_, request_.socket().impl()->sockfd(), cancellation);
    cancellation = visit_->token();
  }
  asked_.emplace(std::move(head), body_, id_, client_,
                 CallLimits{.timeout = context_.settings.requestTimeout,
                            .cancellation = std::move(cancellation)});
  context_.router.dispatch(*asked_, response_);
  if (!response_.hasBegun()) {
    throw std::logic_error("the endpoint gave no answer");
  }
}

void Exchange::answer(const Problem& problem) noexcept {
  if (!isGivenUp_) {
    send(problem);
  }
}

void Exchange::send(const Problem& problem) noexcept {
  if (response_.hasBegun()) {
    response_.abort();
    return;
  }
  try {
    response_.clearHeaders();
    response_.setStatus(problem.status);
    for (const auto& [name, value] : problem.headers) {
      response_.setHeader(name, value);
    }
    response_.setHeader("Cache-Control", "no-store");
    response_.setHeader("X-Content-Type-Options", "nosniff");
    response_.send("application/problem+json", toJson(problem, id_));
  } catch (const std::exception&) {
    response_.abort();
  }
}

void Exchange::answer(const StorageError& error) noexcept {
  const Problem problem = toProblem(error);
  if (problem.status >= 500 || response_.hasBegun()) {
    Poco::Logger::get("http").error(id_ + ": " + describe(error));
  } else if (error.code() == StorageErrc::PermissionDenied) {
    // Missing permissions of our storage account cannot be fixed by the client.
    Poco::Logger::get("http").warning(id_ + ": " + describe(error));
  }
  answer(problem);
}

bool Exchange::hasClientLeft() const {
  return visit_ && visit_->token().stop_requested() &&
         !context_.drain.cancellation().stop_requested();
}

void Exchange::fail(std::string_view what) noexcept {
  try {
    Poco::Logger::get("http").error(id_ + ": " + std::string(what));
    answer(toProblem(StorageError(StorageErrc::Internal, std::string(what))));
  } catch (const std::exception&) {
    response_.abort();
  }
}

/// For a client that is gone. Resets the connection only if our response had begun, so as not to
/// destroy one that the guard has sent.
void Exchange::leave(std::string_view reason) noexcept {
  try {
    Poco::Logger::get("http").information(id_ + ": " + std::string(reason));
  } catch (const std::exception&) {
    // A failing log does not matter to a client that is gone.
  }
  if (response_.hasBegun() && !isGivenUp_) {
    response_.abort();
  }
}

bool Exchange::mayKeepAlive() const {
  return !isGivenUp_ && request_.getKeepAlive() && body_.canBeFollowed() &&
         !context_.drain.isDraining();
}

void Exchange::logAccess() noexcept {
  try {
    Poco::Logger& log = Poco::Logger::get("access");
    if (!log.information()) {
      return;
    }
    const auto duration = std::chrono::steady_clock::now() - start_;
    const bool isWhole = response_.hasBegun() && !response_.isAborted();
    const AccessRecord record{
        .time = time_,
        .id = id_,
        .method = std::string(head_.line.method),
        .target = head_.line.target,
        .remote = client_.address.str(),
        .caller = asked_ ? asked_->caller().name : std::string(),
        .status = response_.hasBegun() ? response_.status() : 0,
        .bytes = response_.bodyBytes(),
        .duration = std::chrono::duration_cast<std::chrono::microseconds>(duration),
        .outcome = isWhole ? Outcome::Whole : Outcome::Aborted};
    log.information(formatAccess(record, context_.settings.accessLogFormat));
  } catch (const std::exception&) {
    // The response has been sent: a failing log must not change it.
  }
}

class EndpointHandler final : public Poco::Net::HTTPRequestHandler {
 public:
  EndpointHandler(const HandlerContext& context, ClientWatch& watch)
      : context_(context),
        watch_(watch) {}

  void handleRequest(HTTPServerRequest& request, HTTPServerResponse& response) override {
    Drain::InFlight inFlight(context_.drain);
    // Poco's server creates no other implementation, and only this one exposes the socket.
    Exchange exchange(context_, watch_, dynamic_cast<HTTPServerRequestImpl&>(request), inFlight);
    response.setKeepAlive(exchange.run());
  }

 private:
  const HandlerContext& context_;
  ClientWatch& watch_;
};

}  // namespace

Poco::Net::HTTPRequestHandler* EndpointHandlerFactory::createRequestHandler(
    const Poco::Net::HTTPServerRequest& request) {
  // Poco sends `100 Continue` only if the status is 200. RequestBody sends it at the first read.
  request.response().setStatus(Poco::Net::HTTPResponse::HTTP_EXPECTATION_FAILED);
  return std::make_unique<EndpointHandler>(context_, watch_).release();
}

}  // namespace mediadock::http
