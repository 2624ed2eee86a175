#pragma once

/// \file
/// The body of one request, as the server above gets it.

#include "http/framing/chunked_body.h"
#include "http/framing/refusal.h"
#include "http/framing/request_head.h"
#include "http/framing/transfer_watch.h"

#include <cstddef>
#include <cstdint>
#include <exception>
#include <span>
#include <string>

namespace mediadock::guard {

class ClientChannel;

/// The client broke the rules in the middle of a body.
class BrokenBody final : public std::exception {
 public:
  explicit BrokenBody(const Refusal& refusal) : refusal_(refusal) {}

  const char* what() const noexcept override { return "the body of the request is broken"; }

  const Refusal& refusal() const noexcept { return refusal_; }

 private:
  Refusal refusal_;
};

/// Takes exactly one body off the channel. A chunked one is chunked anew: without extensions and
/// trailers, and each piece of framing in a read of its own, so that Poco never holds bytes of the
/// body that nobody asked for.
class BodyFeed {
 public:
  /// No body.
  BodyFeed() = default;
  explicit BodyFeed(const RequestHead& head);

  /// The next bytes; 0 once all were given.
  /// \throws BrokenBody for bad framing and for an early end, and as ClientChannel::receive.
  std::size_t read(ClientChannel& channel, std::span<char> buffer, TransferWatch& watch);

  bool isWhole() const noexcept { return isWhole_; }

  /// What is known to be left at least.
  std::uint64_t left() const noexcept { return dataLeft_; }

 private:
  std::size_t readData(ClientChannel& channel, std::span<char> buffer, TransferWatch& watch);
  std::size_t readFraming(std::span<char> buffer);
  /// Moves on to the next chunk, or to the end, and makes the framing that says so.
  void findChunk(ClientChannel& channel, TransferWatch& watch);

  bool isChunked_ = false;
  bool isWhole_ = true;
  /// Of the body, or of the chunk that was last announced.
  std::uint64_t dataLeft_ = 0;
  ChunkedBody chunks_;
  bool sawLastChunk_ = false;
  bool isFirstChunk_ = true;
  std::string framing_;
};

}  // namespace mediadock::guard
