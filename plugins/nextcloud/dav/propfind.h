#pragma once

/// \file
/// PROPFIND (RFC 4918 §9.1), depth 0 and 1 only.

#include "dav/dav_client.h"
#include "dav/multistatus.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace mediadock {

enum class Depth { Itself, Children };

/// The properties that make an entry.
inline constexpr std::string_view kEntryProperties =
    "<d:resourcetype/><d:getcontentlength/><d:getlastmodified/><d:getetag/><d:getcontenttype/>"
    "<oc:fileid/>";

/// A PROPFIND, as request and body.
struct PropfindRequest {
  HttpRequest request;
  std::string body;
};

/// Asks for `properties` (XML, prefixes `d` and `oc`). The children of a folder may come
/// compressed.
PropfindRequest makePropfind(const std::string& target, Depth depth, std::string_view properties);

/// Asks for `properties` and hands out the answer as it comes. Returns false where nothing stands
/// at `target` (404).
/// \throws StorageError `Truncated`, `Protocol` (an HTML page, say), the refusal's meaning.
bool propfind(DavClient& client, const std::string& target, Depth depth,
              std::string_view properties, const MultistatusParser::Sink& sink,
              const CallLimits& limits);

/// Reads a 207 answer piece by piece.
class MultistatusReading {
 public:
  /// Gives what comes to `sink`. \param response must outlive this.
  MultistatusReading(HttpResponse& response, MultistatusParser::Sink sink);

  /// Reads a piece, where one has come or comes until `until`. Returns false at the end.
  /// \throws StorageError `Truncated`, `Protocol`, `Timeout` where no item comes for the idle limit
  ///   over all steps, whatever else does; what the sink throws.
  bool step(CallLimits::Clock::time_point until, const CallLimits& limits);

 private:
  /// Returns nullopt where too little came until the time that `limits` waits for.
  std::optional<std::size_t> receive(const CallLimits& limits);

  HttpResponse& response_;
  MultistatusParser parser_;
  std::unique_ptr<std::byte[]> block_;
  std::uint64_t total_ = 0;
  bool isBlockFull_ = false;
  /// Whether the last piece had an item.
  bool hasItem_ = false;
  /// When the last step ended; nothing before the first.
  std::optional<CallLimits::Clock::time_point> leftAt_;
};

/// Reads a 207 answer to its end.
void readMultistatus(HttpResponse& response, const MultistatusParser::Sink& sink,
                     const CallLimits& limits);

}  // namespace mediadock
