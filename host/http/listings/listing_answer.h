#pragma once

/// \file
/// Streams a directory listing to the client while the storage still produces it.

#include "http/exchange/request.h"
#include "http/exchange/response.h"
#include "http/listings/file_urls.h"
#include "http/listings/media_json.h"
#include "media/browsing/browse_request.h"

namespace mediadock::http {

/// Responds with the items of `listing`, which was opened for `asked`, as a JSON array.
///
/// A short listing that completes quickly is sent as a whole, sorted and with an etag, as by
/// `sendListing`. Anything else is streamed: entries are sent in chunks as they arrive, unsorted
/// and without an etag, gzip-encoded if the client accepts it. While none arrive, a line break is
/// sent now and then to detect a client that has disconnected. A response that breaks off has no
/// last chunk.
/// \pre `response.canSendChunks()`.
void answerListing(const Request& request, Response& response, media::IBrowseStream& listing,
                   const media::BrowseRequest& asked, const FileUrls& urls);

}  // namespace mediadock::http
