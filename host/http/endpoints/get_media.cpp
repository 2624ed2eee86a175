#include "http/endpoints/get_media.h"

#include "http/access/reachable_record.h"
#include "http/json_answer.h"
#include "http/media_json.h"

namespace mediadock {

Endpoint getMediaEndpoint(MediaService& media) {
  return [&media](Request& request, Response& response) {
    sendListing(request, response, toJson(reachableRecord(media, request)));
  };
}

}  // namespace mediadock
