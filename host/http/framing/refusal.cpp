#include "http/framing/refusal.h"

namespace mediadock::http::guard {
namespace {

std::string_view reasonOf(int status) {
  switch (status) {
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 414:
      return "URI Too Long";
    case 417:
      return "Expectation Failed";
    case 431:
      return "Request Header Fields Too Large";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "Bad Request";
  }
}

}  // namespace

std::string writeRefusal(const Refusal& refusal, std::string_view requestId) {
  const std::string status = std::to_string(refusal.status);
  const std::string_view reason = reasonOf(refusal.status);

  std::string body = R"({"type":"about:blank","title":")";
  body.append(reason).append(R"(","status":)").append(status).append(R"(,"detail":")");
  body.append(refusal.detail).append(R"(","request_id":")").append(requestId).append("\"}");

  std::string answer = "HTTP/1.1 ";
  answer.append(status).append(" ").append(reason).append("\r\n");
  answer.append("Content-Type: application/problem+json\r\nContent-Length: ");
  answer.append(std::to_string(body.size())).append("\r\nConnection: close\r\n");
  answer.append("Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n");
  answer.append("X-Request-Id: ").append(requestId).append("\r\n");
  answer.append(refusal.extraHeaders).append("\r\n").append(body);
  return answer;
}

}  // namespace mediadock::http::guard
