#include "http/client/http_request.h"

#include "mediadock/storage_error.h"
#include "mediadock/version.h"

#include <algorithm>
#include <string_view>

namespace mediadock::http_client {
namespace {

constexpr std::size_t kOrdinaryHeadBytes = 512;

bool isFieldText(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && byte != 0x7f;
  });
}

}  // namespace

bool isRead(const HttpRequest& request) {
  const auto& method = request.method;
  return request.isSafe || method == "GET" || method == "HEAD" || method == "OPTIONS";
}

std::string makeHead(const HttpRequest& request, std::uint64_t size, const HttpSender& sender,
                     const std::string& requestId) {
  std::string head;
  head.reserve(kOrdinaryHeadBytes + request.target.size());
  head.append(request.method).append(" ").append(request.target).append(" HTTP/1.1\r\n");
  const auto add = [&head](std::string_view name, std::string_view value) {
    if (!isFieldText(value)) {
      throw StorageError(StorageErrc::InvalidArgument,
                         "a value for " + std::string(name) + " has control characters");
    }
    head.append(name).append(": ").append(value).append("\r\n");
  };
  add("Host", sender.origin.authority());
  if (request.sendsCredentials && !sender.authorization.empty()) {
    add("Authorization", sender.authorization);
  }
  add("User-Agent", "mediadock/" MEDIADOCK_VERSION);
  for (const auto& [name, value] : sender.fields) {
    add(name, value);
  }
  add("Accept-Encoding", request.takesGzip ? "gzip" : "identity");
  if (!requestId.empty() && isFieldText(requestId)) {
    add("X-Request-ID", requestId);
  }
  if (request.method != "GET" && request.method != "HEAD") {
    add("Content-Length", std::to_string(size));
  }
  for (const auto& [name, value] : request.fields) {
    add(name, value);
  }
  return head.append("\r\n");
}

}  // namespace mediadock::http_client
