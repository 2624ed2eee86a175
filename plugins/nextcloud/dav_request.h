#pragma once

/// \file
/// What is asked of the server, and how that is written down.

#include "nextcloud_settings.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace mediadock {

struct DavRequest {
  std::string method;
  /// Percent-encoded path, and query.
  std::string target;
  std::vector<std::pair<std::string, std::string>> fields;
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

/// Whether it changes nothing (RFC 9110 §9.2.1).
bool isRead(const DavRequest& request);

/// The value of `Authorization` (RFC 7617); empty where no credentials are set.
std::string basicAuthorization(const NextcloudSettings& settings);

/// The head of the request with its empty last line, for a body of `size` bytes.
std::string makeHead(const DavRequest& request, std::uint64_t size, const Origin& origin,
                     const std::string& authorization, const std::string& requestId);

}  // namespace mediadock
