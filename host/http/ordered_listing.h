#pragma once

/// \file
/// Listings in an order: all items are known before the first leaves.

#include "http/file_urls.h"
#include "http/media_json.h"
#include "http/request.h"
#include "http/response.h"
#include "media/media_service.h"

#include <vector>

namespace mediadock {

/// Answers with `items` as `sendListing` does with their text. The text of many is never held as a
/// whole: it is made once for the etag and once more to be sent.
void answerOrdered(const Request& request, Response& response, const std::vector<BrowseItem>& items,
                   MediaField media, const FileUrls& urls);

}  // namespace mediadock
