#include "http/exchange/request.h"

#include "http/framing/request_head.h"
#include "http/framing/request_id.h"

#include <algorithm>

namespace mediadock::http {
namespace {

bool isSaneId(std::string_view id) noexcept {
  constexpr std::size_t kLongest = 128;
  return !id.empty() && id.size() <= kLongest && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  });
}

}  // namespace

RequestHead toHead(const guard::RequestHead& parsed) {
  RequestHead head{
      .method = std::string(parsed.line.method), .target = parsed.line.target, .headers = {}};
  for (const auto& [name, value] : parsed.fields) {
    head.headers.add(std::string(name), std::string(value));
  }
  return head;
}

Request::Request(RequestHead head, RequestBody& body, std::string id, const Client& client,
                 CallLimits limits)
    : head_(std::move(head)),
      body_(body),
      id_(std::move(id)),
      client_(client),
      limits_(std::move(limits)) {
  RequestTarget target = parseRequestTarget(head_.target);
  path_ = std::move(target.path);
  query_ = QueryParameters::parse(target.query);
}

StoragePath Request::authorizedPath(std::string_view text) const {
  StoragePath path = StoragePath::parse(text);
  caller_.requireReach(path);
  return path;
}

StoragePath Request::storagePath() const {
  return authorizedPath(query_.require("path"));
}

CallContext Request::context() const {
  return {.deadline = CallContext::Clock::now() + limits_.timeout,
          .idleLimit = limits_.timeout,
          .cancellation = limits_.cancellation,
          .requestId = id_};
}

std::string requestIdOf(const Headers& headers) {
  const auto ids = headers.all("X-Request-Id");
  if (ids.size() == 1 && isSaneId(ids.front())) {
    return std::string(ids.front());
  }
  return guard::makeRequestId();
}

}  // namespace mediadock::http
