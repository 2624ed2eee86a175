#pragma once

/// \file
/// Listings in an order: all items are known before the first leaves.

#include "http/exchange/request.h"
#include "http/exchange/response.h"
#include "http/listings/file_urls.h"
#include "http/listings/media_json.h"
#include "media/browsing/browse_request.h"

#include <vector>

namespace mediadock {

/// Answers with `items` as `sendListing` does with their text. The text of many is never held as a
/// whole: it is made once for the etag and once more to be sent.
void answerOrdered(const Request& request, Response& response, const std::vector<BrowseItem>& items,
                   MediaField media, const FileUrls& urls);

}  // namespace mediadock
