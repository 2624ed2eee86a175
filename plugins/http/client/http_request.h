#pragma once

/// \file
/// An HTTP request and its serialised head.

#include "http/origin.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace mediadock::http_client {

using HttpFields = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
  std::string method;
  /// Percent-encoded path and query.
  std::string target;
  HttpFields fields;
  /// The method is safe (RFC 9110 §9.2.1); implied for GET, HEAD and OPTIONS.
  bool isSafe = false;
  /// Idempotent: it only reads, or changes only data that is exclusively ours. Otherwise a failure
  /// after sending is `Retry::OutcomeUnknown`.
  bool isRepeatable = false;
  /// Also follow a redirect that only appends a slash to the target. Other redirects are followed
  /// only for reads, and only within the origin.
  bool followsSlash = false;
  bool sendsCredentials = true;
  /// Accept a gzip-encoded response; it is decompressed while reading.
  bool takesGzip = false;
};

/// Whether the request changes nothing.
bool isRead(const HttpRequest& request);

/// What all requests of one client have in common.
struct HttpSender {
  Origin origin;
  /// Value of `Authorization`; empty if there is none.
  std::string authorization;
  HttpFields fields;
};

/// The request head including the empty line at its end, for a body of `size` bytes.
/// \throws StorageError `InvalidArgument` for a field with control characters.
std::string makeHead(const HttpRequest& request, std::uint64_t size, const HttpSender& sender,
                     const std::string& requestId);

}  // namespace mediadock::http_client
