#include "storage/calls/renewed_context.h"

namespace mediadock {
namespace {

constexpr auto kNoDeadline = CallContext::Clock::time_point::max();

}  // namespace

RenewedContext::RenewedContext(const CallContext& context)
    : context_(context),
      patience_(context.deadline == kNoDeadline ? CallContext::Clock::duration::max()
                                                : context.deadline - CallContext::Clock::now()) {}

CallContext RenewedContext::now() const {
  auto context = context_;
  if (patience_ != CallContext::Clock::duration::max()) {
    context.deadline = CallContext::Clock::now() + patience_;
  }
  return context;
}

}  // namespace mediadock
