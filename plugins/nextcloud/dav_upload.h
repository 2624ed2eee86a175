#pragma once

/// \file
/// A request with a body that is too long to be held.

#include "dav_client.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace mediadock {

/// A request whose body is sent as it comes.
class DavUpload {
 public:
  /// Without `size` the body goes in chunks (RFC 9112 §7.1).
  DavUpload(std::unique_ptr<SessionLease> lease, TrafficTicket ticket,
            std::optional<std::uint64_t> size);

  /// \throws StorageError; where the server answered early, its answer is for `finish` to fetch.
  void write(std::string_view bytes, const CallLimits& limits);

  /// Sends so much of `file`, for a body of known size. Throws as `write`.
  void writeFile(int file, std::uint64_t bytes, const CallLimits& limits);

  /// To be called after the last byte, or after a write threw `Connection`.
  DavResponse finish(const CallLimits& limits);

 private:
  void sendChunk(std::string_view bytes, const CallLimits& limits);
  void endChunks(const CallLimits& limits);

  std::unique_ptr<SessionLease> lease_;
  TrafficTicket ticket_;
  /// Of a body of known size.
  std::optional<std::uint64_t> left_;
  bool isFirstChunk_ = true;
  /// Not all was sent that had to be.
  bool isBroken_ = false;
};

}  // namespace mediadock
