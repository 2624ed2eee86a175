#pragma once

/// \file
/// A request with a body that is too long to be held.

#include "dav_client.h"

#include <cstdint>
#include <memory>
#include <string_view>

namespace mediadock {

/// A request whose body of known size is sent as it comes.
class DavUpload {
 public:
  DavUpload(std::unique_ptr<SessionLease> lease, TrafficTicket ticket, std::uint64_t size);

  /// \throws StorageError; where the server answered early, its answer is for `finish` to fetch.
  void write(std::string_view bytes, const CallLimits& limits);

  /// To be called after the last byte, or after `write` threw `Connection`.
  DavResponse finish(const CallLimits& limits);

 private:
  std::unique_ptr<SessionLease> lease_;
  TrafficTicket ticket_;
  std::uint64_t left_;
};

}  // namespace mediadock
