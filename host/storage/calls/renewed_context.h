#pragma once

/// \file
/// The context for a call that begins later than its request did.

#include "mediadock/call_context.h"

namespace mediadock {

/// Between two calls a client may send bytes for longer than a call may take. Each gets the time
/// that the first one had.
class RenewedContext {
 public:
  explicit RenewedContext(const CallContext& context);

  CallContext now() const;

 private:
  CallContext context_;
  CallContext::Clock::duration patience_;
};

}  // namespace mediadock
