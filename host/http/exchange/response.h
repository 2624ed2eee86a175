#pragma once

/// \file
/// The answer to a request; the one place that writes to a client.

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

namespace mediadock {

class Transfer;

/// Calls that send throw ClientGone where the client does not take it.
///
/// A body has its exact length up front, or comes in chunks (RFC 9112 §7.1). An answer that breaks
/// off is ended by closing the connection short of its length or of its last chunk, and never looks
/// whole; to a client of HTTP/1.0, where the end of the connection is the end of the body, by a
/// reset.
class Response {
 public:
  /// \param mayKeepAlive is asked once, right before the head goes out.
  Response(Poco::Net::StreamSocket socket, std::function<bool()> mayKeepAlive);

  /// The answer to HEAD: the same head, no body.
  void omitBody() noexcept { omitsBody_ = true; }

  void setStatus(int status) noexcept { status_ = status; }

  int status() const noexcept { return status_; }

  /// Replaces a header. Throws as `HeaderLines::set`.
  void setHeader(std::string_view name, std::string_view value) { headers_.set(name, value); }

  /// Sets a header that holds for whatever the answer becomes. Endpoints' headers of that name come
  /// beside it, as with `Vary`. Throws as `setHeader`.
  void setStandingHeader(std::string_view name, std::string_view value) {
    standingHeaders_.set(name, value);
  }

  /// Forgets all other headers, for an answer that takes another's place.
  void clearHeaders() noexcept { headers_.clear(); }

  /// Sends head and `body` at once.
  void send(std::string_view contentType, std::string_view body);

  /// Sends a head without a body: 204, 304, or what a 201 says by its headers.
  void sendEmpty();

  /// Makes the head of a body of `length` bytes. It leaves with the first bytes that go through the
  /// calls below; where none will, at once.
  void begin(std::uint64_t length);

  /// Whether the client gets to see a body after `begin`.
  bool wantsBody() const noexcept { return !omitsBody_ && !isBodiless(); }

  void write(std::span<const std::byte> bytes);

  /// Sends `length` bytes of `stream`, which must have as many: from its file or straight from its
  /// connection where that can be. A few leave with the head, once all of them are there.
  void writeFrom(IReadStream& stream, std::uint64_t length);

  /// The client is of HTTP/1.0, which knows no chunks.
  void forbidChunks() noexcept { canSendChunks_ = false; }

  bool canSendChunks() const noexcept { return canSendChunks_; }

  /// Sends the head of a body whose length is not known yet. Only where `canSendChunks`.
  void beginChunks();

  /// Sends a piece of it, as one chunk.
  void writeChunk(std::string_view bytes);

  /// Ends it. \param trailers header lines, each with its line end, that were not known before (RFC
  ///   9110 §6.5); the head should have announced them.
  void endChunks(std::string_view trailers = {});

  /// Makes and sends the head of a body of a length that nobody knows: in chunks, or for HTTP/1.0
  /// up to the end of the connection.
  void beginUncounted();

  /// Sends all of `stream` as that body, and ends it.
  void writeAllFrom(IReadStream& stream);

  /// Sends a piece of a file without copying it through memory. Only where `canSendFiles`.
  void writeFile(const FileRegion& region);

  /// Not over TLS.
  bool canSendFiles() const { return socket_.canSendFiles(); }

  /// Closes the connection so that the client sees a broken answer: RST where it can be.
  void abort() noexcept;

  /// Ends the exchange: from now on every call that would send throws ClientGone.
  void giveUp() noexcept { isGivenUp_ = true; }

  /// Whether something of the answer has left. Before that another can take its place.
  bool hasBegun() const noexcept { return hasBegun_; }

  /// Begun and not aborted, but short of the length that was promised, or of the last chunk.
  bool isIncomplete() const noexcept {
    return hasBegun_ && wantsBody() && (bodyLeft_ > 0 || isUnended_);
  }

  bool isAborted() const noexcept { return isAborted_; }

  /// Valid once begun.
  bool keepsAlive() const noexcept { return keepsAlive_; }

  /// Bytes of the body that were handed to the socket.
  std::uint64_t bodyBytes() const noexcept { return bodyBytes_; }

 private:
  bool isBodiless() const noexcept { return status_ == 204 || status_ == 304; }

  /// \param framing the field that tells the body's length; empty: there is none.
  std::string head(std::string_view framing);
  void requireClient() const;
  void writeWithHead(IReadStream& stream, std::size_t length);
  void write(Transfer& transfer);
  /// \param flags those of send(2).
  void sendHead(int flags);
  void sendAll(std::string_view bytes, int flags);
  void count(std::uint64_t bytes);

  ClientSocket socket_;
  std::function<bool()> mayKeepAlive_;
  /// The head, while it waits for the first bytes behind it.
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
  /// A body without a length has begun and not ended.
  bool isUnended_ = false;
  /// Its end is that of the connection.
  bool endsConnection_ = false;
  std::uint64_t bodyLeft_ = 0;
  std::uint64_t bodyBytes_ = 0;
};

}  // namespace mediadock
