#pragma once

/// \file
/// Checks that a request must pass before any work is done for it.

#include "http/admission/admission_settings.h"
#include "http/admission/cors.h"
#include "http/admission/known_hosts.h"
#include "http/admission/request_limiter.h"
#include "http/admission/trusted_proxies.h"
#include "http/exchange/client.h"
#include "http/exchange/request.h"
#include "http/exchange/response.h"

namespace mediadock::http {

/// Applies the rules about clients and browsers in order. Thread-safe.
class Admission {
 public:
  explicit Admission(const AdmissionSettings& settings);

  /// The client behind `peer`, which may be a proxy, and the path under which it sees the host.
  Client clientOf(Client peer, const Headers& headers) const;

  /// Sets the CORS headers of the response, then checks rate limit, host name and origin. Returns
  /// false if the request was a CORS preflight, which has then been answered.
  /// \throws ProblemException 429, 403.
  bool admit(const RequestHead& head, const Client& client, Response& response);

  /// Counts a request towards the limit of its caller, or of its address if the caller is not
  /// authenticated. Must be called before any work for the request, also if authentication fails.
  /// \throws ProblemException 429.
  void count(const Request& request);

 private:
  TrustedProxies proxies_;
  std::string publicPath_;
  RequestLimiter limiter_;
  KnownHosts hosts_;
  Cors cors_;
};

}  // namespace mediadock::http
