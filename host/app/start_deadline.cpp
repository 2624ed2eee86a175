#include "app/start_deadline.h"

namespace mediadock {

CallContext startContext() {
  constexpr std::chrono::seconds kPatience{30};
  CallContext context;
  context.deadline = CallContext::Clock::now() + kPatience;
  context.requestId = "start";
  return context;
}

}  // namespace mediadock
