#pragma once

/// \file
/// Maps method and path to an endpoint.

#include "http/access/access_rule.h"
#include "http/access/authorizer.h"
#include "http/exchange/endpoint.h"

#include <string>
#include <string_view>
#include <vector>

namespace mediadock::http {

class Admission;

struct Route {
  std::string_view method;
  /// A path; `{id}` as the last segment matches any one segment.
  std::string pattern;
  AccessRule access;
  Endpoint endpoint;
  /// Whether a request counts towards its caller's rate limit.
  bool isCounted = true;
  /// Whether POST with `X-HTTP-Method-Override` may be used for `method`.
  bool takesOverride = false;
};

/// Immutable after construction.
class Router {
 public:
  /// `authorizer` and `admission` must outlive the router.
  Router(std::vector<Route> routes, const Authorizer& authorizer, Admission& admission);

  /// Calls the endpoint once the authorizer has admitted the caller. Without a HEAD route, HEAD is
  /// served by the GET route, the response omitting the body; without an OPTIONS route, OPTIONS is
  /// answered from the table. POST with `X-HTTP-Method-Override` (tus core: for clients that cannot
  /// send PATCH or DELETE) is treated as that method, only on routes that allow it: elsewhere it
  /// would smuggle a method past a proxy that forbids it.
  /// \throws ProblemException 404 for a path that is not in the table, 405 for a method that the
  ///   path does not have; otherwise what the endpoint throws.
  void dispatch(Request& request, Response& response) const;

 private:
  void admit(Request& request, const AccessRule& rule, bool isCounted) const;
  const Route* find(Request& request) const;
  const Route* findOverridden(Request& request) const;
  void run(const Route& route, Request& request, Response& response) const;

  std::vector<Route> routes_;
  const Authorizer& authorizer_;
  Admission& admission_;
};

}  // namespace mediadock::http
