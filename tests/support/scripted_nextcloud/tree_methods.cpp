#include "support/scripted_nextcloud/tree_methods.h"

#include "support/scripted_nextcloud/dav_error.h"
#include "support/scripted_nextcloud/preconditions.h"

namespace mediadock::scripted {

namespace {

constexpr const char* kFilesBase = "/remote.php/dav/files/";

void checkConditions(const Exchange& exchange) {
  const DavTree& tree = exchange.account.tree;
  checkIfHeader(exchange.request, tree, kFilesBase + exchange.account.id + "/");
  checkPreconditions(exchange.request, tree.find(exchange.path));
}

}  // namespace

Answer makeCollection(const Exchange& exchange) {
  const std::string type = exchange.request.header("Content-Type");
  if (exchange.request.body.length().value_or(0) > 0 && type.find("xml") == std::string::npos) {
    throw DavError(415, "Sabre\\DAV\\Exception\\UnsupportedMediaType",
                   "The request body for the MKCOL request must have an xml Content-Type");
  }
  exchange.account.tree.checkPermitted(exchange.path);
  const NodeInfo info = exchange.account.tree.makeFolder(exchange.path);
  Answer answer = emptyAnswer(201);
  addIdentity(answer, info, exchange.instanceId);
  return answer;
}

Answer removeResource(const Exchange& exchange) {
  checkConditions(exchange);
  exchange.account.tree.checkPermitted(exchange.path);
  exchange.account.tree.remove(exchange.path);
  return emptyAnswer(204);
}

Answer moveResource(const Exchange& exchange) {
  exchange.account.tree.stat(exchange.path);
  checkConditions(exchange);
  const std::string target = parseDestination(exchange);
  exchange.account.tree.checkPermitted(exchange.path);
  exchange.account.tree.checkPermitted(target);
  const auto [info, isNew] =
      exchange.account.tree.move(exchange.path, target, parseOverwrite(exchange.request));
  Answer answer = emptyAnswer(isNew ? 201 : 204);
  addIdentity(answer, info, exchange.instanceId);
  return answer;
}

Answer copyResource(const Exchange& exchange) {
  exchange.account.tree.stat(exchange.path);
  checkConditions(exchange);
  const std::string target = parseDestination(exchange);
  exchange.account.tree.checkPermitted(target);
  const auto [info, isNew] =
      exchange.account.tree.copy(exchange.path, target, parseOverwrite(exchange.request));
  Answer answer = emptyAnswer(isNew ? 201 : 204);
  answer.set("OC-FileId", toOcFileId(info.fileId, exchange.instanceId));
  return answer;
}

}  // namespace mediadock::scripted
