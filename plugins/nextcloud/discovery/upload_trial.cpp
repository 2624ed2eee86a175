#include "discovery/upload_trial.h"

#include "dav/propfind.h"
#include "dav/status_error.h"
#include "discovery/server_examination.h"
#include "writing/upload_folder.h"

#include <string>

namespace mediadock::nextcloud {
namespace {

/// What an upload folder contains.
struct Content {
  bool hasSum = false;
  bool hasTarget = false;
};

Content contentOf(DavClient& client, const std::string& folder,
                  const http_client::CallLimits& limits) {
  Content content;
  propfind(
      client, folder, Depth::Children, "<d:resourcetype/>",
      [&](DavItem&& item) {
        content.hasSum = content.hasSum || item.href.ends_with("/.file");
        content.hasTarget = content.hasTarget || item.href.ends_with("/.target");
      },
      limits);
  return content;
}

UploadTrial resultOf(bool keepsChunks, const std::string& answered) {
  return {
      .keepsChunks = keepsChunks,
      .evidence = evidenceOf("write_resume", "MKCOL and PROPFIND of an upload folder", answered)};
}

}  // namespace

UploadTrial tryUploads(const ServerFacts& facts, DavClient& client,
                       const http_client::CallLimits& limits) {
  const auto name = newUploadName(kUploadPrefix);
  const auto folder = facts.uploadsTarget + "/" + name;
  const auto goal = facts.urls.destination(facts.urls.target(StoragePath::parse(name)));
  auto response = client.exchange({.method = "MKCOL",
                                   .target = folder,
                                   .fields = {{"Destination", goal}},
                                   .isRepeatable = true},
                                  {}, limits);
  const int status = response.status();
  if (status == 401 || status == 429 || status >= 502) {
    throwRefusal(DavCall::Discover, response, limits);
  }
  response.drain(limits);
  if (!isDone(response) && status != 405) {
    return resultOf(false, "HTTP " + std::to_string(status));
  }
  const auto content = contentOf(client, folder, limits);
  dropUpload(client, folder, limits);
  if (content.hasTarget) {
    return resultOf(false, "a .target: chunks are parts of an object storage's upload");
  }
  return content.hasSum ? resultOf(true, "chunks are files until they are joined")
                        : resultOf(false, "no .file");
}

}  // namespace mediadock::nextcloud
