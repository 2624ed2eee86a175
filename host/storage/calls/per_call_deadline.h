#pragma once

/// \file
/// A context whose deadline is renewed for each call.

#include "mediadock/call_context.h"

namespace mediadock::storage {

/// For a request that makes several calls: between two of them the client may send bytes for longer
/// than a call may take. Each call gets as much time as the first one had.
class PerCallDeadline {
 public:
  explicit PerCallDeadline(const CallContext& context);

  CallContext now() const;

 private:
  CallContext context_;
  CallContext::Clock::duration timeout_;
};

}  // namespace mediadock::storage
