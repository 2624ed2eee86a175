#pragma once

/// \file
/// From method and path to the endpoint that answers.

#include "http/access/access_rule.h"
#include "http/access/gate.h"
#include "http/exchange/endpoint.h"

#include <string>
#include <string_view>
#include <vector>

namespace mediadock {

class Admission;

struct Route {
  std::string_view method;
  /// A path; a last segment `{id}` stands for any one segment.
  std::string pattern;
  AccessRule access;
  Endpoint endpoint;
  /// Whether a request counts against its caller's limit.
  bool isCounted = true;
  /// Whether a POST with `X-HTTP-Method-Override` may stand for `method`.
  bool takesOverride = false;
};

/// Immutable after construction.
class Router {
 public:
  /// `gate` and `admission` must outlive the router.
  Router(std::vector<Route> routes, const Gate& gate, Admission& admission);

  /// Lets the endpoint answer, once the gate lets the caller pass. GET also answers HEAD where that
  /// has no row, the response leaving out the body; OPTIONS is answered by the table where it has
  /// none. POST with `X-HTTP-Method-Override` (tus core: for clients that cannot send PATCH or
  /// DELETE) is that method, in all that follows, on rows that take it and nowhere else: it would
  /// get a method past a proxy that forbids it. \throws ProblemException 404 for a path that is not
  /// in the table, 405 for a method that is not
  ///   in its rows; else what the endpoint throws.
  void dispatch(Request& request, Response& response) const;

 private:
  void admit(Request& request, const AccessRule& rule, bool isCounted) const;
  const Route* find(Request& request) const;
  const Route* findOverridden(Request& request) const;
  void run(const Route& route, Request& request, Response& response) const;

  std::vector<Route> routes_;
  const Gate& gate_;
  Admission& admission_;
};

}  // namespace mediadock
