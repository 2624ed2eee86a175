#pragma once

/// \file
/// A request as an endpoint sees it.

#include "http/exchange/caller.h"
#include "http/exchange/client.h"
#include "http/exchange/request_body.h"
#include "http/syntax/headers.h"
#include "http/syntax/request_target.h"
#include "mediadock/call_context.h"
#include "mediadock/storage_path.h"

#include <chrono>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

namespace mediadock::http {

namespace guard {
struct RequestHead;
}  // namespace guard

/// The request head as validated by the guard.
struct RequestHead {
  std::string method;
  /// As received.
  std::string target;
  Headers headers;
};

RequestHead toHead(const guard::RequestHead& parsed);

/// Deadline and cancellation of every provider call made for a request.
struct CallLimits {
  std::chrono::seconds timeout{30};
  std::stop_token cancellation;
};

class Request {
 public:
  /// `body` must outlive the request.
  /// \throws ProblemException 400 for a malformed target.
  Request(RequestHead head, RequestBody& body, std::string id, const Client& client,
          CallLimits limits);

  const std::string& method() const noexcept { return head_.method; }

  /// Decoded and canonical; empty if the target has no canonical path.
  const std::string& path() const noexcept { return path_; }

  const QueryParameters& query() const noexcept { return query_; }

  const Headers& headers() const noexcept { return head_.headers; }

  bool hasBody() const noexcept { return body_.isAnnounced(); }

  RequestBody& body() noexcept { return body_; }

  const std::string& id() const noexcept { return id_; }

  const Client& client() const noexcept { return client_; }

  /// `path` of this host as the client has to request it; used for links in responses.
  std::string publicUrl(std::string_view path) const {
    return client_.publicPath + std::string(path);
  }

  void setMethod(std::string method) { head_.method = std::move(method); }

  /// The caller; has no rights until the authorizer has identified it.
  const Caller& caller() const noexcept { return caller_; }

  void setCaller(Caller caller) { caller_ = std::move(caller); }

  /// The path segment that matched the route's `{id}`.
  const std::string& pathParameter() const noexcept { return pathParameter_; }

  void setPathParameter(std::string value) { pathParameter_ = std::move(value); }

  /// Parses a path named anywhere in the request and checks that the caller may access it. Every
  /// such path goes through here.
  /// \throws StorageError `InvalidPath`; PathForbidden if the caller may not access it.
  StoragePath authorizedPath(std::string_view text) const;

  /// The required query parameter `path`.
  /// \throws ProblemException 400 if it is missing; otherwise as `authorizedPath`.
  StoragePath storagePath() const;

  /// A context for one provider call that starts now.
  CallContext context() const;

 private:
  RequestHead head_;
  RequestBody& body_;
  std::string id_;
  Client client_;
  CallLimits limits_;
  std::string path_;
  QueryParameters query_;
  std::string pathParameter_;
  Caller caller_;
};

/// The client's own id if it consists of 1 to 128 letters, digits, `.`, `_` or `-`; otherwise a new
/// one.
std::string requestIdOf(const Headers& headers);

}  // namespace mediadock::http
