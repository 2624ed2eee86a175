#include "http/tus/tus_endpoints.h"
#include "http/tus/tus_protocol.h"

#include <utility>

namespace mediadock::http {

Endpoint tusOptionsEndpoint(std::string methods, std::uint64_t maxUploadBytes) {
  return [methods = std::move(methods), maxUploadBytes](Request&, Response& response) {
    response.setHeader("Allow", methods);
    response.setHeader("Tus-Resumable", kTusVersion);
    response.setHeader("Tus-Version", kTusVersion);
    response.setHeader("Tus-Extension",
                       "creation,creation-with-upload,termination,expiration,checksum");
    response.setHeader("Tus-Checksum-Algorithm", "sha1,sha256");
    response.setHeader("Tus-Max-Size", std::to_string(maxUploadBytes));
    response.setHeader("Cache-Control", "no-store");
    response.setStatus(204);
    response.sendEmpty();
  };
}

}  // namespace mediadock::http
