#include "calls/call.h"

#include "calls/errno_error.h"

#include <utility>

namespace mediadock::localdisk {

Call::Call(const char* operation, const StoragePath& path, const CallContext& context,
           std::stop_token shutdown)
    : operation_(operation),
      path_(path.str()),
      context_(context),
      shutdown_(std::move(shutdown)) {}

Call Call::streamStep(const char* operation) const {
  Call step = *this;
  step.operation_ = operation;
  step.context_.deadline = CallContext::Clock::time_point::max();
  return step;
}

Call Call::onPath(const StoragePath& path) const {
  Call other = *this;
  other.path_ = path.str();
  return other;
}

void Call::checkpoint() const {
  if (shutdown_.stop_requested()) {
    fail(StorageErrc::Cancelled, "the provider is shut down");
  }
  if (context_.cancellation.stop_requested()) {
    fail(StorageErrc::Cancelled, "the caller cancelled it");
  }
  if (CallContext::Clock::now() >= context_.deadline) {
    fail(StorageErrc::Timeout, "its deadline has passed");
  }
}

void Call::fail(StorageErrc code, std::string_view why) const {
  throw StorageError(failure(code, why));
}

void Call::failWithErrno(int errorNumber, std::string_view what) const {
  const auto why = std::string(what) + ": " + describeErrno(errorNumber);
  auto failed = failure(toStorageErrc(errorNumber), why);
  failed.upstreamStatus = errorNumber;
  throw StorageError(std::move(failed));
}

void Call::failUnconfirmed(int errorNumber, std::string_view what) const {
  const auto why = std::string(what) + ": " + describeErrno(errorNumber);
  auto failed = failure(toStorageErrc(errorNumber), why);
  failed.upstreamStatus = errorNumber;
  failed.retry = Retry::OutcomeUnknown;
  throw StorageError(std::move(failed));
}

StorageFailure Call::failure(StorageErrc code, std::string_view why) const {
  std::string message = operation_;
  if (!path_.empty()) {
    message += " '" + path_ + "'";
  }
  message.append(": ").append(why);
  return {.code = code,
          .message = std::move(message),
          .retry = usualAdvice(code),
          .operation = operation_,
          .path = path_};
}

}  // namespace mediadock::localdisk
