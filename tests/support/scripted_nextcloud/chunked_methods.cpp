#include "support/scripted_nextcloud/chunked_methods.h"

#include "support/scripted_nextcloud/dav_error.h"
#include "support/scripted_nextcloud/names.h"
#include "support/scripted_nextcloud/preconditions.h"
#include "support/scripted_nextcloud/propfind.h"
#include "support/scripted_nextcloud/upload.h"

namespace mediadock::scripted {

namespace {

constexpr const char* kSum = ".file";

std::string filesBase(const Exchange& exchange) {
  return "/remote.php/dav/files/" + exchange.account.id + "/";
}

Answer putChunk(const Exchange& exchange) {
  const Request& request = exchange.request;
  DavTree& tree = exchange.account.tree;
  const std::string id = parentOf(exchange.path);
  exchange.account.uploads.get(id);
  if (request.has("Destination")) {
    tree.stat(parentOf(parseDestination(exchange)));
  }
  if (const auto total = request.number("OC-Total-Length")) {
    tree.checkSpace("", *total);
  }
  const bool isNew = exchange.account.uploads.putChunk(id, nameOf(exchange.path), request.body);
  return emptyAnswer(isNew ? 201 : 204);
}

void checkTarget(const Exchange& exchange, const UploadFolder& folder, const std::string& target) {
  const Request& request = exchange.request;
  const DavTree& tree = exchange.account.tree;
  checkIfHeader(request, tree, filesBase(exchange));
  // Conditions on entity tags look at the sum of the chunks, not at the target.
  checkPreconditions(request, NodeInfo{.path = exchange.path, .etag = folder.etag});
  const auto existing = tree.find(target);
  if (existing && existing->isFolder) {
    throw badRequest("/" + target + " is a directory.");
  }
  if (existing && parseOverwrite(request) == Overwrite::Refused) {
    throw preconditionFailed(
        "Overwrite",
        "The destination node already exists, and the overwrite header is set to false");
  }
  if (!existing && !tree.find(parentOf(target)).value_or(NodeInfo{}).isFolder) {
    throw conflict("The destination node is not found");
  }
  const auto total = request.number("OC-Total-Length");
  if (total && *total != folder.totalSize()) {
    throw badRequest("Chunks on server do not sum up to " + std::to_string(*total) + " but to " +
                     std::to_string(folder.totalSize()) + " bytes");
  }
}

Answer assemble(const Exchange& exchange) {
  const Request& request = exchange.request;
  const std::string id = parentOf(exchange.path);
  const UploadFolder folder = exchange.account.uploads.get(id);
  const std::string target = parseDestination(exchange);
  checkTarget(exchange, folder, target);
  exchange.account.tree.checkPermitted(target);
  const auto writing = exchange.account.tree.openForWriting(target, folder.totalSize());
  exchange.account.uploads.assemble(id, writing->descriptor());
  const NodeInfo info = writing->commit(
      {.modified = parseTime(request, "X-OC-MTime"), .checksum = request.header("OC-Checksum")});
  exchange.account.uploads.remove(id);
  if (isBadTime(request, "X-OC-MTime")) {
    return badTimeAnswer(request, "X-OC-MTime");
  }
  Answer answer = emptyAnswer(writing->isNew() ? 201 : 204);
  if (!request.header("X-OC-MTime").empty()) {
    answer.set("X-OC-MTime", "accepted");
  }
  addIdentity(answer, info, exchange.instanceId);
  return answer;
}

NodeInfo describeFolder(const std::string& id, const UploadFolder& folder) {
  return {.path = id, .isFolder = true, .modified = folder.modified};
}

std::vector<NodeInfo> listUpload(const std::string& id, const UploadFolder& folder) {
  std::vector<NodeInfo> found = {describeFolder(id, folder),
                                 {.path = id + "/" + kSum,
                                  .size = folder.totalSize(),
                                  .modified = folder.modified,
                                  .etag = folder.etag}};
  for (const auto& [name, chunk] : folder.chunks) {
    found.push_back({.path = id + "/" + name,
                     .size = chunk.size,
                     .modified = chunk.modified,
                     .etag = chunk.etag});
  }
  return found;
}

std::vector<NodeInfo> listAll(const UploadFolders& uploads) {
  std::vector<NodeInfo> found = {{.path = "", .isFolder = true}};
  for (const auto& [id, folder] : uploads.all()) {
    found.push_back(describeFolder(id, folder));
  }
  return found;
}

Answer listChunks(const Exchange& exchange) {
  const UploadFolders& uploads = exchange.account.uploads;
  std::vector<NodeInfo> found = exchange.path.empty()
                                    ? listAll(uploads)
                                    : listUpload(exchange.path, uploads.get(exchange.path));
  if (exchange.request.header("Depth") == "0") {
    found.resize(1);
  }
  return multistatus(exchange, found, PropertySet::Uploads);
}

}  // namespace

Answer chunkedUpload(const Exchange& exchange) {
  const std::string& method = exchange.request.method;
  const bool isFolder = exchange.path.find('/') == std::string::npos;
  if (method == "PROPFIND" && isFolder) {
    return listChunks(exchange);
  }
  if (method == "MKCOL" && isFolder) {
    exchange.account.uploads.make(exchange.path);
    return emptyAnswer(201);
  }
  if (method == "DELETE" && isFolder) {
    exchange.account.uploads.remove(exchange.path);
    return emptyAnswer(204);
  }
  if (method == "DELETE") {
    exchange.account.uploads.removeChunk(parentOf(exchange.path), nameOf(exchange.path));
    return emptyAnswer(204);
  }
  if (method == "PUT" && !isFolder) {
    return putChunk(exchange);
  }
  if (method == "MOVE" && nameOf(exchange.path) == kSum) {
    return assemble(exchange);
  }
  throw forbidden("Not possible on an upload");
}

}  // namespace mediadock::scripted
