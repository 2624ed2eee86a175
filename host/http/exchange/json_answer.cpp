#include "http/exchange/json_answer.h"

namespace mediadock::http {

void sendJson(Response& response, int status, std::string_view json) {
  response.setStatus(status);
  response.setHeader("Cache-Control", "no-store");
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.send(kJsonType, json);
}

}  // namespace mediadock::http
