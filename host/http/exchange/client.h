#pragma once

/// \file
/// The peer of a request: its address, whether it used HTTPS, and the path it sees the host under.

#include "http/addressing/ip_address.h"

#include <string>

namespace mediadock::http {

struct Client {
  IpAddress address;
  /// Whether the request used HTTPS, to this server or to a trusted proxy.
  bool isSecure = false;
  /// The path under which the client sees the host (`/media`); empty: the root. Prepended to every
  /// path of the host in a response.
  std::string publicPath;
};

}  // namespace mediadock::http
