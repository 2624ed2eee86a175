#pragma once

/// \file
/// The response to a request; the only place that writes to the client.

#include "http/exchange/client_socket.h"
#include "http/syntax/header_lines.h"
#include "mediadock/streams.h"

#include <Poco/Net/StreamSocket.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace mediadock::http {

class Transfer;

/// Calls that send throw ClientGone if the client has disconnected or reads too slowly.
///
/// A body declares its exact length up front or is sent in chunks (RFC 9112 §7.1). A response that
/// breaks off never looks complete: the connection is closed before the declared length or the last
/// chunk, or reset for an HTTP/1.0 client, to which a close marks the end of the body.
class Response {
 public:
  /// \param mayKeepAlive is called once, right before the head is sent.
  Response(Poco::Net::StreamSocket socket, std::function<bool()> mayKeepAlive);

  /// For HEAD: sends the same head without a body.
  void omitBody() noexcept { omitsBody_ = true; }

  void setStatus(int status) noexcept { status_ = status; }

  int status() const noexcept { return status_; }

  /// Replaces a header. Throws as `HeaderLines::set`.
  void setHeader(std::string_view name, std::string_view value) { headers_.set(name, value); }

  /// Sets a header that survives `clearHeaders`. Headers of the same name set by endpoints are sent
  /// in addition, as with `Vary`. Throws as `setHeader`.
  void setStandingHeader(std::string_view name, std::string_view value) {
    standingHeaders_.set(name, value);
  }

  /// Removes all other headers, for a response that replaces another.
  void clearHeaders() noexcept { headers_.clear(); }

  /// Sends head and `body` together.
  void send(std::string_view contentType, std::string_view body);

  /// Sends a head without a body: 204, 304, or a 201 that consists of headers only.
  void sendEmpty();

  /// Prepares the head for a body of `length` bytes. It is sent together with the first bytes
  /// written by the calls below, or immediately if there is no body to send.
  void begin(std::uint64_t length);

  /// Whether the client receives a body after `begin`.
  bool wantsBody() const noexcept { return !omitsBody_ && !isBodiless(); }

  void write(std::span<const std::byte> bytes);

  /// Sends `length` bytes of `stream`, which must have that many: directly from its file or its
  /// connection if possible. A short body is read completely first and sent together with the head.
  void writeFrom(IReadStream& stream, std::uint64_t length);

  /// For HTTP/1.0 clients, which do not understand chunks.
  void forbidChunks() noexcept { canSendChunks_ = false; }

  bool canSendChunks() const noexcept { return canSendChunks_; }

  /// Sends the head of a body whose length is not known yet.
  /// \pre `canSendChunks()`
  void beginChunks();

  /// Sends `bytes` as one chunk.
  void writeChunk(std::string_view bytes);

  /// Ends the body.
  /// \param trailers header lines, each with its line end, that were not known earlier (RFC 9110
  ///   §6.5); the head should have announced them.
  void endChunks(std::string_view trailers = {});

  /// Sends the head of a body of unknown length: chunked, or for HTTP/1.0 delimited by closing the
  /// connection.
  void beginUncounted();

  /// Sends all of `stream` as that body, and ends it.
  void writeAllFrom(IReadStream& stream);

  /// Sends part of a file without copying it through user space.
  /// \pre `canSendFiles()`
  void writeFile(const FileRegion& region);

  /// Not over TLS.
  bool canSendFiles() const { return socket_.canSendFiles(); }

  /// Aborts the connection so that the client sees a broken response: by RST if possible.
  void abort() noexcept;

  /// Ends the exchange: from now on every call that would send throws ClientGone.
  void giveUp() noexcept { isGivenUp_ = true; }

  /// Whether any of the response has been sent. Until then it can be replaced by another.
  bool hasBegun() const noexcept { return hasBegun_; }

  /// Begun and not aborted, but the declared length or the last chunk is still missing.
  bool isIncomplete() const noexcept {
    return hasBegun_ && wantsBody() && (bodyLeft_ > 0 || isUnended_);
  }

  bool isAborted() const noexcept { return isAborted_; }

  /// Valid once begun.
  bool keepsAlive() const noexcept { return keepsAlive_; }

  /// Body bytes handed to the socket.
  std::uint64_t bodyBytes() const noexcept { return bodyBytes_; }

 private:
  bool isBodiless() const noexcept { return status_ == 204 || status_ == 304; }

  /// \param framing the header line that frames the body; empty: none.
  std::string head(std::string_view framing);
  void requireClient() const;
  void writeWithHead(IReadStream& stream, std::size_t length);
  void write(Transfer& transfer);
  /// \param flags as for send(2).
  void sendHead(int flags);
  void sendAll(std::string_view bytes, int flags);
  void count(std::uint64_t bytes);

  ClientSocket socket_;
  std::function<bool()> mayKeepAlive_;
  /// The head, until it is sent with the first body bytes.
  std::string head_;
  HeaderLines standingHeaders_;
  HeaderLines headers_;
  int status_ = 200;
  bool omitsBody_ = false;
  bool hasBegun_ = false;
  bool isAborted_ = false;
  bool isGivenUp_ = false;
  bool keepsAlive_ = false;
  bool canSendChunks_ = true;
  /// A body of undeclared length has begun and not ended.
  bool isUnended_ = false;
  /// The body ends with the connection.
  bool endsConnection_ = false;
  std::uint64_t bodyLeft_ = 0;
  std::uint64_t bodyBytes_ = 0;
};

}  // namespace mediadock::http
