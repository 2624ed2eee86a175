#pragma once

/// \file
/// Maps HTTP statuses and sabre/dav exceptions to `StorageError`. No other file knows both.

#include "dav/dav_error_body.h"
#include "http/client/http_response.h"
#include "http/resilience/server_condition.h"
#include "mediadock/storage_error.h"

#include <optional>
#include <string>

namespace mediadock::nextcloud {

/// The kind of request, since one status means different things for different requests.
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

/// The relevant parts of an error response.
struct DavRefusal {
  int status = 0;
  DavErrorBody body;
  std::string retryAfter;
  std::string location;
  /// For a 401: the schemes that the server offers, such as `Digest, Negotiate`.
  std::string schemes;
  /// What `/status.php` says, if it was requested.
  std::optional<bool> isInMaintenance;
};

http_client::ServerCondition conditionOf(const DavRefusal& refusal);

/// Transient: the same request, if repeatable, may well succeed soon.
bool isPassing(const DavRefusal& refusal);

StorageFailure toFailure(DavCall call, const DavRefusal& refusal);

/// Whether the response confirms a change: any 2xx, except 202 (which only promises it), 207 (which
/// reports what failed), and an HTML page, as a login form or a proxy returns it. A response with
/// `ETag` or `Location` is not such a page.
bool isDone(const http_client::HttpResponse& response);

/// Whether the response is a multistatus. Some servers send it with status 200.
bool isMultistatus(const http_client::HttpHead& head);

/// Reads an error response.
DavRefusal readRefusal(http_client::HttpResponse& response, const http_client::CallLimits& limits);

/// Reads a 404.
/// \throws StorageError if it means that an external storage of the server is down, not that
///   nothing exists there.
void requireAbsence(DavCall call, http_client::HttpResponse& response,
                    const http_client::CallLimits& limits);

/// \throws StorageError always.
[[noreturn]] void throwRefusal(DavCall call, http_client::HttpResponse& response,
                               const http_client::CallLimits& limits);

/// Whether the refusal is a lock: 423, or the 500 that Nextcloud gives for a locked MOVE.
bool isLock(const DavRefusal& refusal);

}  // namespace mediadock::nextcloud
