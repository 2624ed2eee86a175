#pragma once

/// \file
/// A loopback port for servers that cannot pick one themselves.

#include <cstdint>

namespace mediadock {

/// Asks the kernel for a TCP port of 127.0.0.1 that is free now. Throws `std::system_error`.
///
/// Between this call and the server's own bind another process may take the port; whoever starts
/// a server this way must notice that it did not come up and try again with another port.
std::uint16_t findFreePort();

}  // namespace mediadock
