#include "support/scripted_nextcloud/dispatcher.h"

#include "support/random_text.h"
#include "support/scripted_nextcloud/chunked_methods.h"
#include "support/scripted_nextcloud/dav_error.h"
#include "support/scripted_nextcloud/download.h"
#include "support/scripted_nextcloud/exchange.h"
#include "support/scripted_nextcloud/names.h"
#include "support/scripted_nextcloud/preview.h"
#include "support/scripted_nextcloud/propfind.h"
#include "support/scripted_nextcloud/server_facts.h"
#include "support/scripted_nextcloud/tree_methods.h"
#include "support/scripted_nextcloud/upload.h"

namespace mediadock::scripted {

namespace {

constexpr const char* kDav = "/remote.php/dav/";
constexpr const char* kStatus = "/status.php";
constexpr const char* kAlias = "/remote.php/webdav";

Answer options() {
  Answer answer = emptyAnswer(200);
  answer.set("DAV", kDavClasses);
  answer.set("Allow", "OPTIONS, GET, HEAD, DELETE, PROPFIND, PUT, PROPPATCH, COPY, MOVE, REPORT");
  return answer;
}

Answer report() {
  throw DavError(415, "Sabre\\DAV\\Exception\\ReportNotSupported",
                 "The REPORT is not supported on this url.", "  <d:supported-report/>\n");
}

Answer serveFiles(const Exchange& exchange) {
  using Responder = Answer (*)(const Exchange&);
  static const std::map<std::string, Responder> kHandlers = {
      {"GET", download},         {"HEAD", download},         {"PUT", upload},
      {"MKCOL", makeCollection}, {"DELETE", removeResource}, {"MOVE", moveResource},
      {"COPY", copyResource},    {"PROPFIND", listFiles}};
  const auto handler = kHandlers.find(exchange.request.method);
  if (handler != kHandlers.end()) {
    return handler->second(exchange);
  }
  if (exchange.request.method == "OPTIONS") {
    return options();
  }
  if (exchange.request.method == "REPORT") {
    return report();
  }
  throw DavError(501, "Sabre\\DAV\\Exception\\NotImplemented",
                 "There was no plugin in the system that was willing to handle this " +
                     exchange.request.method + " method.");
}

Answer serveForeign(const Request& request, ServerState& state, const std::string& userId,
                    const std::string& rest) {
  if (state.accounts.find(userId) == nullptr) {
    throw DavError(404, "Sabre\\DAV\\Exception\\NotFound",
                   "Principal with name " + userId + " not found");
  }
  if (request.method != "PROPFIND" || !rest.empty()) {
    throw notFound(rest);
  }
  return listForeignRoot(request, std::string(kDav) + "files/" + userId + "/");
}

/// `rest` is what follows `/remote.php/dav/` in the decoded path.
Answer serveDav(const Request& request, ServerState& state, Account& account,
                const std::string& rest) {
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  const std::string kind = rest.substr(0, slash);
  const std::string below = rest.substr(std::min(slash + 1, rest.size()));
  const std::size_t end = std::min(below.find('/'), below.size());
  const std::string userId = below.substr(0, end);
  const std::string path = toTreePath(below.substr(end));
  if (userId.empty()) {
    throw DavError(405, "Sabre\\DAV\\Exception\\MethodNotAllowed", "Listing is not possible here");
  }
  if (kind != "files" && kind != "uploads") {
    throw notFound(rest);
  }
  if (state.accounts.find(userId) != &account) {
    return serveForeign(request, state, userId, path);
  }
  const Exchange exchange{.request = request,
                          .account = account,
                          .path = path,
                          .hrefPrefix = std::string(kDav) + kind + "/" + userId + "/",
                          .instanceId = state.instanceId};
  return kind == "files" ? serveFiles(exchange) : chunkedUpload(exchange);
}

Answer serveKnown(const Request& request, ServerState& state, Account& account) {
  if (request.path.starts_with(kDav)) {
    return serveDav(request, state, account, request.path.substr(std::string(kDav).size()));
  }
  if (request.path.starts_with(kAlias)) {
    return serveFiles({.request = request,
                       .account = account,
                       .path = toTreePath(request.path.substr(std::string(kAlias).size())),
                       .hrefPrefix = std::string(kAlias) + "/",
                       .instanceId = state.instanceId});
  }
  return htmlPage(404, "404 Not Found");
}

Answer pageInMaintenance() {
  Answer answer = htmlPage(503, "Maintenance mode");
  answer.set("X-Nextcloud-Maintenance-Mode", "1");
  answer.set("Retry-After", "120");
  return answer;
}

Answer serveAuthenticated(const Request& request, ServerState& state, Account* account) {
  if (request.path.starts_with("/ocs/")) {
    return ocs(request, account);
  }
  if (isPreview(request)) {
    return preview(request, account);
  }
  if (account == nullptr) {
    return unauthenticated(request);
  }
  try {
    return serveKnown(request, state, *account);
  } catch (const DavError& error) {
    Answer answer = error.toAnswer();
    if (request.method == "PROPFIND") {
      addPropfindHeaders(answer);
    }
    return answer;
  }
}

}  // namespace

ServerState::ServerState(const std::filesystem::path& folder)
    : instanceId("oc" + randomText(10)),
      accounts(folder, numbers),
      logins(accounts, instanceId) {}

Answer answerInMaintenance(const Request& request) {
  if (request.path == kStatus) {
    return statusPage(true);
  }
  if (request.path.starts_with("/ocs/")) {
    return ocsInMaintenance();
  }
  if (!request.path.starts_with("/remote.php/")) {
    return pageInMaintenance();
  }
  return DavError(503, "OCA\\DAV\\Exception\\ServerMaintenanceMode",
                  "System is in maintenance mode.")
      .toAnswer();
}

Answer dispatch(const Request& request, ServerState& state) {
  if (request.path.find('\0') != std::string::npos) {
    return htmlPage(400, "400 Bad Request");
  }
  // A line break keeps the web server in front from finding PHP's WebDAV entry.
  if (request.path.find('\n') != std::string::npos) {
    return loginPage();
  }
  if (state.isInMaintenance) {
    return answerInMaintenance(request);
  }
  if (request.path == kStatus) {
    return statusPage(false);
  }
  if (auto refusal = Logins::refuseHalfCookies(request, state.instanceId)) {
    return std::move(*refusal);
  }
  if (state.logins.isThrottled()) {
    return request.path.starts_with("/ocs/") ? ocsLockedOut() : tooManyRequests();
  }
  Account* const account = state.logins.identify(request);
  Answer answer = serveAuthenticated(request, state, account);
  for (auto& cookie : state.logins.makeCookies(request, account)) {
    answer.headers.push_back(std::move(cookie));
  }
  return answer;
}

}  // namespace mediadock::scripted
