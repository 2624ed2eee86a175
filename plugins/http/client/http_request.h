#pragma once

/// \file
/// What is asked of a server, and how that is written down.

#include "http/origin.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace mediadock {

using HttpFields = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
  std::string method;
  /// Percent-encoded path, and query.
  std::string target;
  HttpFields fields;
  /// Its method changes nothing (RFC 9110 §9.2.1); goes without saying for GET, HEAD and OPTIONS.
  bool isSafe = false;
  /// Sending it twice does no harm: it reads, or changes only what is ours alone. Otherwise a
  /// failure after it was sent is `Retry::OutcomeUnknown`.
  bool isRepeatable = false;
  /// Follow also a redirect that only adds a slash to the target. Others are followed by reads
  /// only, and only within the origin.
  bool followsSlash = false;
  bool sendsCredentials = true;
  /// Let the server compress its answer with gzip, which is unpacked while it is read.
  bool takesGzip = false;
};

/// Whether it changes nothing.
bool isRead(const HttpRequest& request);

/// What all requests of one client have in common.
struct HttpSender {
  Origin origin;
  /// Value of `Authorization`; empty where there is none.
  std::string authorization;
  HttpFields fields;
};

/// The head of the request with its empty last line, for a body of `size` bytes.
/// \throws StorageError `InvalidArgument` for a field with control characters.
std::string makeHead(const HttpRequest& request, std::uint64_t size, const HttpSender& sender,
                     const std::string& requestId);

}  // namespace mediadock
