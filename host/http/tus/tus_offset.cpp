#include "http/tus/tus_endpoints.h"
#include "http/tus/tus_protocol.h"
#include "media/media_service.h"

namespace mediadock::http {

Endpoint tusOffsetEndpoint(media::MediaService& media) {
  return speakingTus([&media](Request& request, Response& response) {
    const auto upload = requireUpload(media.resumableUploads(), request);
    tellProgress(response, upload);
    response.setHeader("Upload-Length", std::to_string(upload.size));
    if (!upload.metadata.empty()) {
      response.setHeader("Upload-Metadata", upload.metadata);
    }
    response.sendEmpty();
  });
}

}  // namespace mediadock::http
