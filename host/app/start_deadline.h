#pragma once

/// \file
/// How long the host waits for its storage outside of any request.

#include "mediadock/call_context.h"

namespace mediadock {

/// A context for a call at start or from the command line: ended after 30 seconds.
CallContext startContext();

}  // namespace mediadock
