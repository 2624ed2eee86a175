#pragma once

/// \file
/// HTTP statuses and sabre/dav exceptions to `StorageError`. The only place that knows both.

#include "dav/dav_error_body.h"
#include "http/client/http_response.h"
#include "http/resilience/trouble.h"
#include "mediadock/storage_error.h"

#include <optional>
#include <string>

namespace mediadock {

/// What was asked, since one status means different things to different requests.
enum class DavCall {
  Discover,
  Look,     ///< PROPFIND.
  Read,     ///< GET.
  Put,      ///< PUT under the final name.
  PutPart,  ///< PUT of a chunk or under a temporary name, MKCOL of an upload folder.
  Publish,  ///< MOVE of an upload to its final name.
  MakeDirectory,
  Remove,
  Move,
  Copy,
};

/// An answer that is no success, reduced to what decides.
struct DavRefusal {
  int status = 0;
  DavErrorBody body;
  std::string retryAfter;
  std::string location;
  /// Of a 401: the schemes that the server takes, as `Digest, Negotiate`.
  std::string schemes;
  /// What `/status.php` said, where it was asked.
  std::optional<bool> isInMaintenance;
};

Trouble troubleOf(const DavRefusal& refusal);

/// Whether the same request, where it may be repeated, may well succeed in a moment.
bool isPassing(const DavRefusal& refusal);

StorageFailure toFailure(DavCall call, const DavRefusal& refusal);

/// Whether the answer says that a change was done: any 2xx, but for 202, which promises it, for
/// 207, which tells what was not done, and for a page for people, as a login or a proxy puts in the
/// place of an answer. What names the thing that was made (`ETag`, `Location`) is no such page.
bool isDone(const HttpResponse& response);

/// Whether the answer is a multistatus. Some servers send theirs with 200.
bool isMultistatus(const HttpHead& head);

/// Reads what the answer says about itself.
DavRefusal readRefusal(HttpResponse& response, const CallLimits& limits);

/// Reads a 404.
/// \throws StorageError where it does not say that nothing stands there, but that a storage within
///   the server is down.
void requireAbsence(DavCall call, HttpResponse& response, const CallLimits& limits);

/// \throws StorageError always.
[[noreturn]] void throwRefusal(DavCall call, HttpResponse& response, const CallLimits& limits);

/// Whether the refusal is a lock: 423, or the 500 that Nextcloud gives for a locked MOVE.
bool isLock(const DavRefusal& refusal);

}  // namespace mediadock
