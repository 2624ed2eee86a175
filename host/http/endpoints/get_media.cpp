#include "http/endpoints/authorized_record.h"
#include "http/endpoints/endpoints.h"
#include "http/listings/listing_head.h"
#include "http/listings/media_json.h"

namespace mediadock::http {

Endpoint getMediaEndpoint(media::MediaService& media) {
  return [&media](Request& request, Response& response) {
    sendListing(request, response, toJson(authorizedRecord(media, request)));
  };
}

}  // namespace mediadock::http
