#pragma once

/// \file
/// The response to one request, and the connection it arrives on.

#include "http/gzip_reader.h"
#include "http/http_body.h"
#include "http/resilience/concurrency_limiter.h"
#include "http/resilience/server_condition.h"
#include "http/session_pool.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace mediadock::http_client {

/// Upper bound of what is read of an error body.
inline constexpr std::size_t kMaxErrorBodyBytes = 65536;

/// Reads the final response head from a connection, skipping interim responses such as 100, 102 and
/// 103 (RFC 9110 §15.2).
/// \throws StorageError `Protocol`, `Connection` if the server closes without a response, and
///   whatever the connection throws.
HttpHead readHead(HttpSession& session, const CallLimits& limits);

/// A response whose body is yet to be read. Destroying it returns the connection to the pool if the
/// body was read to its end, otherwise closes it.
class HttpResponse {
 public:
  HttpResponse(std::unique_ptr<SessionLease> lease, ConcurrencyPermit permit, HttpHead head,
               bool isHeadRequest);
  HttpResponse(HttpResponse&&) noexcept = default;
  HttpResponse& operator=(HttpResponse&&) = delete;
  ~HttpResponse();

  int status() const noexcept { return head_.status; }

  const HttpHead& head() const noexcept { return head_; }

  /// The body's size, if the head states it.
  std::optional<std::uint64_t> length() const noexcept {
    return gzip_ ? std::nullopt : body_.length();
  }

  /// Reads part of the body; returns 0 at its verified end.
  std::size_t read(std::span<std::byte> bytes, const CallLimits& limits);

  /// Returns whether `read` can continue (with data, or with the end of the body), waiting for that
  /// until `until` at most. After a `read` that filled its buffer, more data may be available even
  /// if this returns false.
  /// \throws StorageError `Cancelled`, `Connection`.
  bool awaitMore(CallLimits::Clock::time_point until, const CallLimits& limits) const;

  /// As `read`, into the empty pipe `pipe`, without copying; returns nullopt if that is not
  /// possible.
  std::optional<std::size_t> splice(int pipe, std::size_t most, const CallLimits& limits);

  /// The body, cut at `maxBytes`. Of an error response it can be read repeatedly.
  std::string text(std::size_t maxBytes, const CallLimits& limits);

  /// Reads the rest of the body if that is cheap, so that the connection can be reused.
  void drain(const CallLimits& limits) noexcept;

  /// The meaning of an error response; nullopt for all others.
  const std::optional<Verdict>& verdict() const noexcept { return verdict_; }

  /// Whether this redirects to `target` plus a trailing slash, on `origin`.
  bool isSlashRedirect(const std::string& target, const Origin& origin) const;

 private:
  friend class StorageClient;

  /// Reads the body of an error response and releases the connection.
  /// \throws StorageError `Cancelled`.
  void bufferErrorBody(const CallLimits& limits);
  void giveBack() noexcept;

  std::unique_ptr<SessionLease> lease_;
  std::optional<ConcurrencyPermit> permit_;
  HttpHead head_;
  HttpBody body_;
  std::optional<std::string> errorBody_;
  std::optional<Verdict> verdict_;
  /// Null if the body is not compressed.
  std::unique_ptr<GzipReader> gzip_;
};

}  // namespace mediadock::http_client
