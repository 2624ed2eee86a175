#include "http/endpoints/endpoints.h"
#include "http/exchange/json_answer.h"

namespace mediadock::http {

Endpoint healthzEndpoint() {
  return [](Request&, Response& response) { sendJson(response, 200, R"({"status":"up"})"); };
}

}  // namespace mediadock::http
