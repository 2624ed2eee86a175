#pragma once

/// \file
/// PROPFIND requests (RFC 4918 §9.1), depth 0 and 1 only.

#include "dav/dav_client.h"
#include "dav/multistatus.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace mediadock::nextcloud {

enum class Depth { Itself, Children };

/// The properties needed for an entry.
inline constexpr std::string_view kEntryProperties =
    "<d:resourcetype/><d:getcontentlength/><d:getlastmodified/><d:getetag/><d:getcontenttype/>"
    "<oc:fileid/>";

/// A PROPFIND request and its body.
struct PropfindRequest {
  http_client::HttpRequest request;
  std::string body;
};

/// A request for `properties` (XML, prefixes `d` and `oc`). With `Depth::Children`, the response
/// may be compressed.
PropfindRequest makePropfind(const std::string& target, Depth depth, std::string_view properties);

/// Requests `properties` and passes each item to `sink` as it arrives. Returns false if nothing
/// exists at `target` (404).
/// \throws StorageError `Truncated`, `Protocol` (such as for an HTML page), or the meaning of an
///   error response.
bool propfind(DavClient& client, const std::string& target, Depth depth,
              std::string_view properties, const MultistatusParser::Sink& sink,
              const http_client::CallLimits& limits);

/// Reads a 207 response piece by piece.
class MultistatusReading {
 public:
  /// Passes items to `sink`. \param response must outlive this.
  MultistatusReading(http_client::HttpResponse& response, MultistatusParser::Sink sink);

  /// Reads the next piece, if one arrives before `until`. Returns false at the end.
  /// \throws StorageError `Truncated`, `Protocol`, `Timeout` if no item arrives within the idle
  ///   limit, counted over all steps, even if other bytes arrive; whatever the sink throws.
  bool step(http_client::CallLimits::Clock::time_point until,
            const http_client::CallLimits& limits);

 private:
  /// Returns nullopt if nothing usable arrives before the end of the wait in `limits`.
  std::optional<std::size_t> receive(const http_client::CallLimits& limits);

  http_client::HttpResponse& response_;
  MultistatusParser parser_;
  std::unique_ptr<std::byte[]> block_;
  std::uint64_t total_ = 0;
  bool isBlockFull_ = false;
  /// Whether the last piece contained an item.
  bool hasItem_ = false;
  /// When the last step ended; nullopt before the first.
  std::optional<http_client::CallLimits::Clock::time_point> leftAt_;
};

/// Reads a 207 response to its end.
void readMultistatus(http_client::HttpResponse& response, const MultistatusParser::Sink& sink,
                     const http_client::CallLimits& limits);

}  // namespace mediadock::nextcloud
