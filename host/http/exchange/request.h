#pragma once

/// \file
/// What an endpoint sees of a request.

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

namespace mediadock {

namespace guard {
struct RequestHead;
}  // namespace guard

/// The head as the guard let it pass.
struct RequestHead {
  std::string method;
  /// As it came.
  std::string target;
  Headers headers;
};

RequestHead toHead(const guard::RequestHead& judged);

/// What every call on behalf of a request goes by.
struct CallLimits {
  std::chrono::seconds timeout{30};
  std::stop_token cancellation;
};

class Request {
 public:
  /// `body` must outlive the request.
  /// \throws ProblemException 400 for a target that is not well-formed.
  Request(RequestHead head, RequestBody& body, std::string id, const Client& client,
          CallLimits limits);

  const std::string& method() const noexcept { return head_.method; }

  /// Decoded and canonical; empty where the target has no such path.
  const std::string& path() const noexcept { return path_; }

  const QueryParameters& query() const noexcept { return query_; }

  const Headers& headers() const noexcept { return head_.headers; }

  bool hasBody() const noexcept { return body_.isAnnounced(); }

  RequestBody& body() noexcept { return body_; }

  const std::string& id() const noexcept { return id_; }

  const Client& client() const noexcept { return client_; }

  /// The path that the client uses for `path` of this host: that of links in answers.
  std::string publicUrl(std::string_view path) const {
    return client_.publicPath + std::string(path);
  }

  void setMethod(std::string method) { head_.method = std::move(method); }

  /// Who makes it; nobody who may do anything before the gate has found out.
  const Caller& caller() const noexcept { return caller_; }

  void setCaller(Caller caller) { caller_ = std::move(caller); }

  /// The part of the path that stands where the route has `{id}`.
  const std::string& pathParameter() const noexcept { return pathParameter_; }

  void setPathParameter(std::string value) { pathParameter_ = std::move(value); }

  /// A path that the request names, wherever it does: all go through here.
  /// \throws StorageError `InvalidPath`; OutsideReach where the caller may not reach it.
  StoragePath reachablePath(std::string_view text) const;

  /// The query's `path`, which must be there.
  /// \throws ProblemException 400; else as `reachablePath`.
  StoragePath storagePath() const;

  /// For one call that begins now.
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

/// The caller's own id where it is 1 to 128 letters, digits, `.`, `_` or `-`; else a new one.
std::string requestIdOf(const Headers& headers);

}  // namespace mediadock
