#pragma once

/// \file
/// Sends sorted listings, all of whose items are known before the first is sent.

#include "http/exchange/request.h"
#include "http/exchange/response.h"
#include "http/listings/file_urls.h"
#include "http/listings/media_json.h"
#include "media/browsing/browse_request.h"

#include <vector>

namespace mediadock::http {

/// Responds with `items` as `sendListing` does with their text. The text of a long listing is never
/// in memory as a whole: it is produced once for the etag and again for sending.
void answerOrdered(const Request& request, Response& response,
                   const std::vector<media::BrowseItem>& items, MediaField media,
                   const FileUrls& urls);

}  // namespace mediadock::http
