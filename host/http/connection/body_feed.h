#pragma once

/// \file
/// Delivers the body of one request to the HTTP server.

#include "http/framing/chunked_body.h"
#include "http/framing/refusal.h"
#include "http/framing/request_head.h"
#include "http/framing/transfer_watch.h"

#include <cstddef>
#include <cstdint>
#include <exception>
#include <span>
#include <string>

namespace mediadock::http::guard {

class ClientChannel;

/// Thrown for malformed framing or an early end within a body.
class BrokenBody final : public std::exception {
 public:
  explicit BrokenBody(const Refusal& refusal) : refusal_(refusal) {}

  const char* what() const noexcept override { return "the body of the request is broken"; }

  const Refusal& refusal() const noexcept { return refusal_; }

 private:
  Refusal refusal_;
};

/// Reads exactly one body from the channel. A chunked body is re-chunked: without extensions and
/// trailers, and with each piece of framing in a read of its own, so that Poco never buffers body
/// bytes that were not asked for.
class BodyFeed {
 public:
  /// For a request without a body.
  BodyFeed() = default;
  explicit BodyFeed(const RequestHead& head);

  /// Reads the next bytes; returns 0 after the last.
  /// \throws BrokenBody for malformed framing or an early end; otherwise as ClientChannel::receive.
  std::size_t read(ClientChannel& channel, std::span<char> buffer, TransferWatch& watch);

  bool isWhole() const noexcept { return isWhole_; }

  /// A lower bound of the bytes left.
  std::uint64_t left() const noexcept { return dataLeft_; }

 private:
  std::size_t readData(ClientChannel& channel, std::span<char> buffer, TransferWatch& watch);
  std::size_t readFraming(std::span<char> buffer);
  /// Advances to the next chunk or to the end, and writes the framing for it.
  void findChunk(ClientChannel& channel, TransferWatch& watch);

  bool isChunked_ = false;
  bool isWhole_ = true;
  /// Left of the body, or of the current chunk.
  std::uint64_t dataLeft_ = 0;
  ChunkedBody chunks_;
  bool sawLastChunk_ = false;
  bool isFirstChunk_ = true;
  std::string framing_;
};

}  // namespace mediadock::http::guard
