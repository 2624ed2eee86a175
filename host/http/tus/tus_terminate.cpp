#include "http/tus/tus_endpoints.h"
#include "http/tus/tus_protocol.h"
#include "media/media_service.h"

namespace mediadock::http {

Endpoint tusTerminateEndpoint(media::MediaService& media) {
  return speakingTus([&media](Request& request, Response& response) {
    auto& uploads = media.resumableUploads();
    uploads.terminate(requireUpload(uploads, request).id, request.context());
    response.setStatus(204);
    response.sendEmpty();
  });
}

}  // namespace mediadock::http
