#pragma once

/// \file
/// Where Poco's server hands over: builds the request, lets the script interfere, sends the answer.

#include "support/scripted_nextcloud/dispatcher.h"
#include "support/scripted_nextcloud/misbehaviour.h"
#include "support/scripted_nextcloud/request_log.h"

#include <Poco/Net/HTTPRequestHandlerFactory.h>

#include <atomic>

namespace mediadock::scripted {

/// What the handlers of all connections work with. Thread-safe.
struct Backstage {
  explicit Backstage(const std::filesystem::path& folder) : state(folder) {}

  ServerState state;
  MisbehaviourScript script;
  RequestLog log;
  /// Ends all waiting.
  std::atomic<bool> isStopping{false};
};

/// Makes the handlers. `backstage` must outlive the server.
class HandlerFactory final : public Poco::Net::HTTPRequestHandlerFactory {
 public:
  explicit HandlerFactory(Backstage& backstage) : backstage_(backstage) {}

  Poco::Net::HTTPRequestHandler* createRequestHandler(
      const Poco::Net::HTTPServerRequest& request) override;

 private:
  Backstage& backstage_;
};

}  // namespace mediadock::scripted
