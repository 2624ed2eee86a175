#pragma once

/// \file
/// The operation, path and limits of one provider call.

#include "mediadock/call_context.h"
#include "mediadock/storage_error.h"
#include "mediadock/storage_path.h"

#include <stop_token>
#include <string>
#include <string_view>

namespace mediadock::localdisk {

/// Passed down in every call, so that each failure names its operation and path, and long-running
/// work can be cancelled. Immutable. The operation's name must be a literal.
class Call {
 public:
  /// `shutdown` is the provider's own; it cancels the call, as the context's cancellation does.
  Call(const char* operation, const StoragePath& path, const CallContext& context,
       std::stop_token shutdown);

  /// A step of a stream that this call opened. It has no deadline: how long a stream takes is up to
  /// the client.
  Call streamStep(const char* operation) const;

  /// The same call on another path.
  Call onPath(const StoragePath& path) const;

  /// Throws `Cancelled` or `Timeout` if the call must end. Call it between blocks of work.
  void checkpoint() const;

  [[noreturn]] void fail(StorageErrc code, std::string_view why) const;

  /// Throws the error for `errorNumber`. `what` names the step that failed.
  [[noreturn]] void failWithErrno(int errorNumber, std::string_view what) const;

  /// The same for a step after the point of no return: with `Retry::OutcomeUnknown`.
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

}  // namespace mediadock::localdisk
