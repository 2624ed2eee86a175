#pragma once

/// \file
/// What a request has to pass before any work is done for it.

#include "http/admission/admission_settings.h"
#include "http/admission/cors.h"
#include "http/admission/known_hosts.h"
#include "http/admission/request_limiter.h"
#include "http/admission/trusted_proxies.h"
#include "http/exchange/client.h"
#include "http/exchange/request.h"
#include "http/exchange/response.h"

namespace mediadock {

/// The rules about clients and browsers, in the order in which they hold. All calls may run
/// concurrently.
class Admission {
 public:
  explicit Admission(const AdmissionSettings& settings);

  /// The client in front of `peer`, and the path below which it sees the host.
  Client clientOf(Client peer, const Headers& headers) const;

  /// Says in the answer to come what pages of other origins may do with it, then lets pass who may
  /// ask. Returns false where the request is answered by that: a browser's preflight.
  /// \throws ProblemException 429, 403.
  bool admit(const RequestHead& head, const Client& client, Response& response);

  /// Counts a request: against its caller, or against its address where nobody is known. Comes
  /// before any work for it, and for those as well who are refused as unknown.
  /// \throws ProblemException 429.
  void count(const Request& request);

 private:
  TrustedProxies proxies_;
  std::string publicPath_;
  RequestLimiter limiter_;
  KnownHosts hosts_;
  Cors cors_;
};

}  // namespace mediadock
