#pragma once

/// \file
/// The headers that describe stored content: its type, its version, and what a browser may do with
/// it.

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

namespace mediadock {

class MediaService;

/// The `Content-Type` of a file. What a browser would run goes out as bytes without a meaning; but
/// for SVG, which is a picture wherever a page embeds it, and runs nothing there.
std::string servedTypeOf(const Entry& entry);

/// What an answer of stored content says, a 304 too: a browser puts its headers in the place of
/// those that it has.
/// \param version the file's, which the query's `v` names where the URL is that of a version.
/// \param etag the answer's.
void describeVersion(const Request& request, Response& response, const std::optional<ETag>& version,
                     const std::optional<ETag>& etag);

/// Describes one file in the answer to one request. All that it is made of must outlive it.
class FileHeaders {
 public:
  /// \param path as the request names the file.
  FileHeaders(MediaService& media, const Request& request, Response& response,
              const StoragePath& path)
      : media_(media),
        request_(request),
        response_(response),
        path_(path) {}

  /// What a 304 says.
  void describeVersion(const Entry& entry, const Validators& validators) const;

  /// What an answer with bytes says, and one to HEAD.
  /// \param stream of the file, not read yet, where one is open: it may show the file's type.
  ///   Without it that takes one more, short read, once for each version of a file.
  void describe(const Entry& entry, const Validators& validators, PeekedStream* stream) const;

 private:
  bool isInline(const std::string& type, const Entry& entry, const std::optional<ETag>& etag,
                PeekedStream* stream) const;
  SniffedType sniffedType(const Entry& entry, const std::optional<ETag>& etag,
                          PeekedStream* stream) const;
  std::vector<std::byte> beginningOf(const Entry& entry, PeekedStream* stream) const;
  void describeDigest(const Entry& entry) const;

  MediaService& media_;
  const Request& request_;
  Response& response_;
  const StoragePath& path_;
};

}  // namespace mediadock
