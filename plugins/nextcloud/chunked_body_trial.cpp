#include "chunked_body_trial.h"

#include "dav_upload.h"
#include "dav_write_stream.h"
#include "mediadock/storage_error.h"
#include "name_rules.h"

#include <string>
#include <string_view>

namespace mediadock {
namespace {

/// Two chunks: one may be what a server takes for all.
constexpr std::string_view kFirst = "in ";
constexpr std::string_view kSecond = "chunks";

/// Says nothing about the body.
bool isPassing(int status) {
  return status == 401 || status == 423 || status == 429 || status >= 502;
}

ChunkedBodies resultOf(DavTree& tree, const StoragePath& path, const std::string& target,
                       const CallLimits& limits) {
  auto upload = tree.client().startUpload({.method = "PUT", .target = target, .isRepeatable = true},
                                          std::nullopt, limits);
  upload.write(kFirst, limits);
  upload.write(kSecond, limits);
  auto response = upload.finish(limits);
  response.drain(limits);
  if (response.status() != 201 && response.status() != 204) {
    return isPassing(response.status()) ? ChunkedBodies::Untried : ChunkedBodies::Lost;
  }
  const auto kept = tree.look(path, limits);
  return kept && kept->size == kFirst.size() + kSecond.size() ? ChunkedBodies::Kept
                                                              : ChunkedBodies::Lost;
}

void remove(DavTree& tree, const std::string& target, const CallLimits& limits) {
  try {
    tree.client()
        .exchange({.method = "DELETE", .target = target, .isRepeatable = true}, {}, limits)
        .drain(limits);
  } catch (const StorageError&) {
    // A few bytes under a name that nobody sees.
    limits.check();
  }
}

}  // namespace

ChunkedBodies tryChunkedBody(DavTree& tree, const StoragePath& folder, const CallLimits& limits) {
  const auto path = folder.child(std::string(kTemporaryPrefix) + randomName());
  const auto target = tree.facts().urls.target(path);
  auto result = ChunkedBodies::Untried;
  try {
    result = resultOf(tree, path, target, limits);
  } catch (const StorageError& error) {
    limits.check();
    // Who waits for a length that never comes does so each time.
    result = error.code() == StorageErrc::Timeout ? ChunkedBodies::Lost : ChunkedBodies::Untried;
  }
  remove(tree, target, limits);
  return result;
}

}  // namespace mediadock
