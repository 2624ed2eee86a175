#include "storage/calls/per_call_deadline.h"

namespace mediadock::storage {
namespace {

constexpr auto kNoDeadline = CallContext::Clock::time_point::max();

}  // namespace

PerCallDeadline::PerCallDeadline(const CallContext& context)
    : context_(context),
      timeout_(context.deadline == kNoDeadline ? CallContext::Clock::duration::max()
                                               : context.deadline - CallContext::Clock::now()) {}

CallContext PerCallDeadline::now() const {
  auto context = context_;
  if (timeout_ != CallContext::Clock::duration::max()) {
    context.deadline = CallContext::Clock::now() + timeout_;
  }
  return context;
}

}  // namespace mediadock::storage
