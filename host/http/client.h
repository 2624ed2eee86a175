#pragma once

/// \file
/// The other end of a request.

#include "http/addressing/ip_address.h"

namespace mediadock {

struct Client {
  IpAddress address;
  /// Whether it came by HTTPS, to this server or to a proxy that is believed.
  bool isSecure = false;
};

}  // namespace mediadock
