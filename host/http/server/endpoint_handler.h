#pragma once

/// \file
/// Where Poco hands over a request: the one handler for all endpoints.

#include "http/admission/admission.h"
#include "http/exchange/drain.h"
#include "http/server/client_watch.h"
#include "http/server/http_settings.h"
#include "http/server/router.h"

#include <Poco/Net/HTTPRequestHandlerFactory.h>

#include <utility>

namespace mediadock {

/// What all requests share. The references must outlive the server.
struct HandlerContext {
  const HttpSettings& settings;
  Admission& admission;
  const Router& router;
  Drain& drain;
};

/// Makes a handler for each request. Exceptions end in it: whatever one endpoint throws is
/// answered as a problem, or closes the connection where the answer is under way.
class EndpointHandlerFactory final : public Poco::Net::HTTPRequestHandlerFactory {
 public:
  explicit EndpointHandlerFactory(HandlerContext context) : context_(std::move(context)) {}

  Poco::Net::HTTPRequestHandler* createRequestHandler(
      const Poco::Net::HTTPServerRequest& request) override;

 private:
  HandlerContext context_;
  ClientWatch watch_;
};

}  // namespace mediadock
