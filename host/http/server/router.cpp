#include "http/server/router.h"

#include "http/admission/admission.h"
#include "http/syntax/problem_exception.h"

#include <algorithm>
#include <optional>

namespace mediadock::http {
namespace {

constexpr std::string_view kParameter = "{id}";

/// The value of the path parameter; empty if the pattern has none, nullopt if the path does not
/// match.
std::optional<std::string> match(std::string_view pattern, std::string_view path) {
  if (!pattern.ends_with(kParameter)) {
    return pattern == path ? std::optional(std::string()) : std::nullopt;
  }
  const std::string_view prefix = pattern.substr(0, pattern.size() - kParameter.size());
  if (!path.starts_with(prefix) || path.size() == prefix.size() ||
      path.find('/', prefix.size()) != std::string_view::npos) {
    return std::nullopt;
  }
  return std::string(path.substr(prefix.size()));
}

/// HEAD falls back to GET if it has no route of its own.
bool answers(const Route& route, std::string_view method) {
  return route.method == method || (method == "HEAD" && route.method == "GET");
}

void addMethod(std::vector<std::string_view>& methods, std::string_view method) {
  if (std::find(methods.begin(), methods.end(), method) == methods.end()) {
    methods.push_back(method);
  }
}

std::string allowOf(const std::vector<Route>& routes, std::string_view path) {
  std::vector<std::string_view> methods;
  for (const Route& route : routes) {
    if (path == "*" || match(route.pattern, path)) {
      addMethod(methods, route.method);
      if (route.method == "GET") {
        addMethod(methods, "HEAD");
      }
    }
  }
  if (!methods.empty()) {
    addMethod(methods, "OPTIONS");
  }
  std::string allow;
  for (const std::string_view method : methods) {
    allow += (allow.empty() ? "" : ", ") + std::string(method);
  }
  return allow;
}

}  // namespace

Router::Router(std::vector<Route> routes, const Authorizer& authorizer, Admission& admission)
    : routes_(std::move(routes)),
      authorizer_(authorizer),
      admission_(admission) {}

/// Rejected callers count, too: otherwise keys could be guessed without limit.
void Router::admit(Request& request, const AccessRule& rule, bool isCounted) const {
  try {
    authorizer_.admit(request, rule);
  } catch (...) {
    admission_.count(request);
    throw;
  }
  if (isCounted) {
    admission_.count(request);
  }
}

void Router::run(const Route& route, Request& request, Response& response) const {
  try {
    route.endpoint(request, response);
  } catch (const PathForbidden& error) {
    authorizer_.refuse(error);
  }
}

const Route* Router::find(Request& request) const {
  for (const Route& route : routes_) {
    if (!answers(route, request.method())) {
      continue;
    }
    if (auto parameter = match(route.pattern, request.path())) {
      request.setPathParameter(*std::move(parameter));
      return &route;
    }
  }
  return nullptr;
}

const Route* Router::findOverridden(Request& request) const {
  const auto methods = request.headers().all("X-HTTP-Method-Override");
  if (request.method() != "POST" || methods.size() != 1) {
    return nullptr;
  }
  for (const Route& route : routes_) {
    if (!route.takesOverride || route.method != methods.front()) {
      continue;
    }
    if (auto parameter = match(route.pattern, request.path())) {
      request.setMethod(std::string(route.method));
      request.setPathParameter(*std::move(parameter));
      return &route;
    }
  }
  return nullptr;
}

void Router::dispatch(Request& request, Response& response) const {
  const Route* route = find(request);
  route = route != nullptr ? route : findOverridden(request);
  if (route != nullptr) {
    admit(request, route->access, route->isCounted);
    run(*route, request, response);
    return;
  }
  const std::string allow = allowOf(routes_, request.path());
  if (request.method() == "OPTIONS" && !allow.empty()) {
    admission_.count(request);
    response.setHeader("Allow", allow);
    response.setStatus(204);
    response.sendEmpty();
    return;
  }
  admit(request, AccessRule::anyCaller(), true);
  if (allow.empty()) {
    throw ProblemException(404, "there is nothing at this path");
  }
  throw ProblemException({.status = 405,
                          .detail = "this path does not take that method",
                          .headers = {{"Allow", allow}}});
}

}  // namespace mediadock::http
