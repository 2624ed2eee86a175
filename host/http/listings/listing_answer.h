#pragma once

/// \file
/// Listings that leave while they still come in.

#include "http/exchange/request.h"
#include "http/exchange/response.h"
#include "http/listings/file_urls.h"
#include "http/listings/media_json.h"
#include "media/browsing/browse_request.h"

namespace mediadock {

/// Answers with the items of `listing`, which `asked` opened, as a JSON array.
///
/// What is short and comes soon is sent as a whole, in order of names and with an etag, as
/// `sendListing` does. Of all else nothing is kept: entries leave in chunks as they come, without
/// order and etag, through gzip for who takes that. While none comes a line break is sent now and
/// then, so that a client that has left is noticed. An answer that breaks off has no last chunk.
/// \pre `response.canSendChunks()`.
void answerListing(const Request& request, Response& response, IBrowseStream& listing,
                   const BrowseRequest& asked, const FileUrls& urls);

}  // namespace mediadock
