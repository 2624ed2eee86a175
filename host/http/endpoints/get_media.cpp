#include "http/endpoints/endpoints.h"
#include "http/endpoints/authorized_record.h"
#include "http/listings/listing_head.h"
#include "http/listings/media_json.h"

namespace mediadock {

Endpoint getMediaEndpoint(MediaService& media) {
  return [&media](Request& request, Response& response) {
    sendListing(request, response, toJson(authorizedRecord(media, request)));
  };
}

}  // namespace mediadock
