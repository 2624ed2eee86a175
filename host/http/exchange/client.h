#pragma once

/// \file
/// The other end of a request.

#include "http/addressing/ip_address.h"

#include <string>

namespace mediadock {

struct Client {
  IpAddress address;
  /// Whether it came by HTTPS, to this server or to a proxy that is believed.
  bool isSecure = false;
  /// The path below which it sees the host (`/media`); empty: the root. Goes in front of each path
  /// of the host in an answer.
  std::string publicPath;
};

}  // namespace mediadock
