#pragma once

/// \file
/// One call to the provider: what is being done, on what, and under which limits.

#include "mediadock/call_context.h"
#include "mediadock/storage_error.h"
#include "mediadock/storage_path.h"

#include <stop_token>
#include <string>
#include <string_view>

namespace mediadock {

/// Goes down with every call, so that each failure names its operation and path, and long work can
/// be ended early. Immutable; the operation's name is a literal.
class Call {
 public:
  /// `shutdown` is the provider's own: it ends the call as the context's cancellation does.
  Call(const char* operation, const StoragePath& path, const CallContext& context,
       std::stop_token shutdown);

  /// A step of a stream that this call opened: no deadline, for the length of a stream is its
  /// client's affair.
  Call streamStep(const char* operation) const;

  /// The same call on another path.
  Call onPath(const StoragePath& path) const;

  /// Throws `Cancelled` or `Timeout` where the call must end. To be asked between blocks of work.
  void checkpoint() const;

  [[noreturn]] void fail(StorageErrc code, std::string_view why) const;

  /// Throws what `errorNumber` means. `what` names the step that failed.
  [[noreturn]] void failWithErrno(int errorNumber, std::string_view what) const;

  /// As before, for a step after the point of no return: `Retry::OutcomeUnknown`.
  [[noreturn]] void failUnconfirmed(int errorNumber, std::string_view what) const;

  const char* operation() const noexcept { return operation_; }

  const CallContext& context() const noexcept { return context_; }

  const std::stop_token& shutdown() const noexcept { return shutdown_; }

 private:
  StorageFailure failure(StorageErrc code, std::string_view why) const;

  const char* operation_;
  std::string path_;
  CallContext context_;
  std::stop_token shutdown_;
};

}  // namespace mediadock
