#pragma once

/// \file
/// The only exception that crosses the boundary between a provider and the host.
///
/// It answers two questions: what happened (`StorageErrc`), and what the caller may do about it
/// (`Retry`). A provider maps its backend's errors to it in one file; the host maps it to HTTP in
/// one file.

#include "mediadock/export.h"

#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace mediadock {

/// What happened. A code exists only if some caller handles it differently.
enum class StorageErrc {
  NotFound,             ///< Nothing at the path, or its parent is missing.
  AlreadyExists,        ///< The target exists already.
  NotADirectory,        ///< A file is where a directory is needed.
  IsADirectory,         ///< A directory is where a file is needed.
  DirectoryNotEmpty,    ///< Non-recursive removal of a non-empty directory.
  InvalidPath,          ///< The storage does not accept the path or a name in it.
  InvalidArgument,      ///< Another argument is wrong, or the call is out of order.
  Unsupported,          ///< The provider lacks the ability; see `Capabilities`.
  Unauthenticated,      ///< The storage refused our credentials.
  PermissionDenied,     ///< The credentials are valid but not sufficient.
  PreconditionFailed,   ///< `ifMatch` did not hold.
  NotModified,          ///< `ifNoneMatch` matched.
  RangeNotSatisfiable,  ///< The range starts at or after the end.
  Locked,               ///< Another client or write holds a lock.
  Conflict,             ///< The storage's state forbids it for another reason.
  InsufficientStorage,  ///< Quota or disk is full.
  PayloadTooLarge,      ///< The storage, or a proxy in front of it, refuses this size.
  RejectedContent,      ///< The storage refuses the content (for example, a virus scanner).
  RateLimited,          ///< Too many requests.
  Unavailable,          ///< Not configured, in maintenance, or otherwise out of service.
  Timeout,              ///< No response, or no progress, in time.
  Cancelled,            ///< The caller or `shutdown()` ended it.
  Connection,           ///< Connecting failed, or the connection broke.
  Tls,                  ///< The certificate is invalid, or the handshake failed.
  Protocol,             ///< The storage's response violates the protocol.
  Truncated,            ///< The data ended early.
  ChecksumMismatch,     ///< The data does not match its checksum.
  ConfigInvalid,        ///< A setting is wrong.
  Internal,             ///< A bug in the host or the plugin.
};

/// Whether the caller may retry.
enum class Retry {
  Never,           ///< A retry fails in the same way.
  Safe,            ///< Nothing was changed; retry at will.
  AfterDelay,      ///< Nothing was changed; retry after `retryAfter`, or after a while.
  OutcomeUnknown,  ///< It may have been done. Check before retrying.
};

/// The stable wire name of a code, such as `not_found`.
MEDIADOCK_CORE_EXPORT std::string_view toString(StorageErrc code) noexcept;

/// The stable wire name of a retry advice, such as `outcome_unknown`.
MEDIADOCK_CORE_EXPORT std::string_view toString(Retry retry) noexcept;

/// Everything known about a failure. Fields that do not apply are empty.
struct StorageFailure {
  StorageErrc code = StorageErrc::Internal;
  /// For people: what failed, on what, and why. Contains no secret and no URL with credentials.
  std::string message;
  Retry retry = Retry::Never;
  /// How long the storage asks callers to wait.
  std::optional<std::chrono::seconds> retryAfter;
  /// The provider call, such as `openRead`.
  std::string operation;
  /// The path concerned, relative to the provider.
  std::string path;
  /// The backend's own status (an HTTP status or errno); 0 if there is none.
  int upstreamStatus = 0;
};

/// Thrown by providers and streams, which must not throw anything else. Copies share their content,
/// so copying does not throw.
class MEDIADOCK_CORE_EXPORT StorageError final : public std::exception {
 public:
  explicit StorageError(StorageFailure failure);
  StorageError(StorageErrc code, std::string message);
  StorageError(const StorageError&) noexcept;
  StorageError& operator=(const StorageError&) noexcept;
  ~StorageError() override;

  const char* what() const noexcept override;

  StorageErrc code() const noexcept { return failure_->code; }

  const StorageFailure& failure() const noexcept { return *failure_; }

 private:
  std::shared_ptr<const StorageFailure> failure_;
};

}  // namespace mediadock
