#pragma once

/// \file
/// The Poco request handler that serves all endpoints.

#include "http/admission/admission.h"
#include "http/exchange/drain.h"
#include "http/server/client_watch.h"
#include "http/server/http_settings.h"
#include "http/server/router.h"

#include <Poco/Net/HTTPRequestHandlerFactory.h>

#include <utility>

namespace mediadock::http {

/// Shared by all requests. The references must outlive the server.
struct HandlerContext {
  const HttpSettings& settings;
  Admission& admission;
  const Router& router;
  Drain& drain;
};

/// Creates a handler for each request. The handler catches everything: what an endpoint throws is
/// sent as a problem, or closes the connection if the response has already begun.
class EndpointHandlerFactory final : public Poco::Net::HTTPRequestHandlerFactory {
 public:
  explicit EndpointHandlerFactory(HandlerContext context) : context_(std::move(context)) {}

  Poco::Net::HTTPRequestHandler* createRequestHandler(
      const Poco::Net::HTTPServerRequest& request) override;

 private:
  HandlerContext context_;
  ClientWatch watch_;
};

}  // namespace mediadock::http
