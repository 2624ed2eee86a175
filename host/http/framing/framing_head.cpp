#include "http/framing/framing_head.h"

#include "http/framing/request_head.h"

namespace mediadock::http::guard {

std::string writeFramingHead(const RequestHead& head) {
  std::string out;
  out.reserve(128);
  out.append(head.line.method).append(" / ");
  out.append(head.line.isVersion11 ? "HTTP/1.1\r\n" : "HTTP/1.0\r\n");
  if (head.framing == BodyFraming::Chunked) {
    out.append("Transfer-Encoding: chunked\r\n");
  } else if (head.framing == BodyFraming::Length) {
    out.append("Content-Length: ").append(std::to_string(head.contentLength)).append("\r\n");
  }
  // For HTTP/1.0, Poco closes by default.
  if (!head.persists && head.line.isVersion11) {
    out.append("Connection: close\r\n");
  }
  if (head.expectsContinue) {
    out.append("Expect: 100-continue\r\n");
  }
  return out.append("\r\n");
}

}  // namespace mediadock::http::guard
