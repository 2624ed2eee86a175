#pragma once

/// \file
/// Response headers for stored content: type, version, caching and security.

#include "http/downloads/peeked_stream.h"
#include "http/exchange/request.h"
#include "http/exchange/response.h"
#include "http/syntax/conditional.h"
#include "media/types/type_sniffer.h"
#include "mediadock/entry.h"
#include "mediadock/storage_path.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace mediadock::media {
class MediaService;
}  // namespace mediadock::media

namespace mediadock::http {

/// The `Content-Type` of a file. Types that a browser would execute are replaced by a generic one,
/// except SVG, which runs no scripts when embedded as an image.
std::string servedTypeOf(const Entry& entry);

/// Sets the headers of every response with stored content, including 304, whose headers replace
/// those that the browser has cached.
/// \param version the file's; if the query's `v` equals it, the response is immutable.
/// \param etag the response's.
void describeVersion(const Request& request, Response& response, const std::optional<ETag>& version,
                     const std::optional<ETag>& etag);

/// Sets the headers for one file in one response. All constructor arguments must outlive it.
class FileHeaders {
 public:
  /// \param path as the request spells it.
  FileHeaders(media::MediaService& media, const Request& request, Response& response,
              const StoragePath& path)
      : media_(media),
        request_(request),
        response_(response),
        path_(path) {}

  /// The headers of a 304.
  void describeVersion(const Entry& entry, const Validators& validators) const;

  /// The headers of a response with a body, or to HEAD.
  /// \param stream an open, unread stream of the file, used to sniff its type; may be null, then
  ///   sniffing takes one more short read per version of the file.
  void describe(const Entry& entry, const Validators& validators, PeekedStream* stream) const;

 private:
  bool isInline(const std::string& type, const Entry& entry, const std::optional<ETag>& etag,
                PeekedStream* stream) const;
  media::SniffedType sniffedType(const Entry& entry, const std::optional<ETag>& etag,
                                 PeekedStream* stream) const;
  std::vector<std::byte> beginningOf(const Entry& entry, PeekedStream* stream) const;
  void describeDigest(const Entry& entry) const;

  media::MediaService& media_;
  const Request& request_;
  Response& response_;
  const StoragePath& path_;
};

}  // namespace mediadock::http
