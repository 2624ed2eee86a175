#include "http/endpoints/authorized_record.h"

#include "http/exchange/request.h"
#include "http/syntax/problem_exception.h"
#include "media/media_service.h"

namespace mediadock::http {

records::MediaRecord authorizedRecord(media::MediaService& media, const Request& request) {
  auto record = media.findRecord(request.pathParameter());
  if (!record || !request.caller().mayAccess(record->path)) {
    throw ProblemException(404, "there is no such record");
  }
  return *std::move(record);
}

}  // namespace mediadock::http
