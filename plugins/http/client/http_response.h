#pragma once

/// \file
/// The response to one request, with its connection.

#include "http/gzip_reader.h"
#include "http/http_body.h"
#include "http/resilience/traffic_limit.h"
#include "http/resilience/trouble.h"
#include "http/session_pool.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace mediadock {

/// More of an error body is not looked at.
inline constexpr std::size_t kMaxErrorBodyBytes = 65536;

/// Reads the final head off a connection; 100, 102 and 103 are interim ones (RFC 9110 §15.2).
/// \throws StorageError `Protocol`, `Connection` where the server closes without an answer, and
///   what the connection throws.
HttpHead readHead(HttpSession& session, const CallLimits& limits);

/// A response whose body is still to be read. Destroying it gives the connection back where the
/// body was read to its end, else closes it.
class HttpResponse {
 public:
  HttpResponse(std::unique_ptr<SessionLease> lease, TrafficTicket ticket, HttpHead head,
               bool isHeadRequest);
  HttpResponse(HttpResponse&&) noexcept = default;
  HttpResponse& operator=(HttpResponse&&) = delete;
  ~HttpResponse();

  int status() const noexcept { return head_.status; }

  const HttpHead& head() const noexcept { return head_; }

  /// The body's size, where the head tells.
  std::optional<std::uint64_t> length() const noexcept {
    return gzip_ ? std::nullopt : body_.length();
  }

  /// Gives some of the body, or 0 at its verified end.
  std::size_t read(std::span<std::byte> bytes, const CallLimits& limits);

  /// Whether `read` has something to go on with, the end included; waits for it at most until
  /// `until`. After a `read` that filled its block there may be more than this knows of.
  /// \throws StorageError `Cancelled`, `Connection`.
  bool awaitMore(CallLimits::Clock::time_point until, const CallLimits& limits) const;

  /// As `read`, into the empty pipe `pipe`, without copying; nothing where that cannot be done.
  std::optional<std::size_t> splice(int pipe, std::size_t most, const CallLimits& limits);

  /// The body, cut at `maxBytes`. Of a refusal it can be had again and again.
  std::string text(std::size_t maxBytes, const CallLimits& limits);

  /// Reads what is left where that is cheap, so that the connection can serve again.
  void drain(const CallLimits& limits) noexcept;

  /// What a refusal was found to mean; nothing for all else.
  const std::optional<Verdict>& verdict() const noexcept { return verdict_; }

  /// Whether this redirects to `target` with a slash behind it, on `origin`.
  bool isSlashRedirect(const std::string& target, const Origin& origin) const;

 private:
  friend class StorageClient;

  /// Reads a refusal's body and frees the connection.
  /// \throws StorageError `Cancelled`.
  void bufferErrorBody(const CallLimits& limits);
  void giveBack() noexcept;

  std::unique_ptr<SessionLease> lease_;
  std::optional<TrafficTicket> ticket_;
  HttpHead head_;
  HttpBody body_;
  std::optional<std::string> errorBody_;
  std::optional<Verdict> verdict_;
  /// Null where the body is not compressed.
  std::unique_ptr<GzipReader> gzip_;
};

}  // namespace mediadock
