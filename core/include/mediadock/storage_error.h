#pragma once

/// \file
/// The one exception that crosses between a provider and the host.
///
/// It answers two questions: what happened (`StorageErrc`), and what the caller may do about it
/// (`Retry`). A provider translates its backend's vocabulary into it in one file; the host
/// translates it into HTTP in one file.

#include "mediadock/export.h"

#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace mediadock {

/// What happened. A code exists only where somebody acts differently on it.
enum class StorageErrc {
  NotFound,             ///< Nothing at the path, or its parent is missing.
  AlreadyExists,        ///< Something stands where the call wanted to create.
  NotADirectory,        ///< A file stands where a directory is needed.
  IsADirectory,         ///< A directory stands where a file is needed.
  DirectoryNotEmpty,    ///< Non-recursive removal of a directory with entries.
  InvalidPath,          ///< The path or a name in it is not acceptable here.
  InvalidArgument,      ///< Another argument is wrong, or the call came at the wrong time.
  Unsupported,          ///< The provider lacks the ability; see `Capabilities`.
  Unauthenticated,      ///< The storage refused our credentials.
  PermissionDenied,     ///< The credentials are good but do not suffice.
  PreconditionFailed,   ///< `ifMatch` or `ifAbsent` did not hold.
  NotModified,          ///< `ifNoneMatch` matched.
  RangeNotSatisfiable,  ///< The range starts at or behind the end.
  Locked,               ///< Somebody else holds a lock.
  Conflict,             ///< The storage's state forbids it in another way.
  InsufficientStorage,  ///< Quota or disk is full.
  PayloadTooLarge,      ///< The storage, or a proxy before it, refuses this size.
  RejectedContent,      ///< The storage refuses these bytes (a virus scanner, say).
  RateLimited,          ///< Too many requests.
  Unavailable,          ///< Not configured, in maintenance, or shutting down.
  Timeout,              ///< No answer, or no progress, in time.
  Cancelled,            ///< The caller or `shutdown()` ended it.
  Connection,           ///< No connection, or it broke.
  Tls,                  ///< The peer's certificate or the handshake is bad.
  Protocol,             ///< The storage answered something it must not.
  Truncated,            ///< The bytes ended before they were complete.
  ChecksumMismatch,     ///< The bytes are not the ones that were announced.
  ConfigInvalid,        ///< A setting is wrong.
  Internal,             ///< A fault of ours or of the plugin.
};

/// What the caller may do.
enum class Retry {
  Never,           ///< Repeating gives the same answer.
  Safe,            ///< Nothing was changed; repeat at will.
  AfterDelay,      ///< Nothing was changed; repeat after `retryAfter` or a while.
  OutcomeUnknown,  ///< It may or may not have been done. Look before repeating.
};

/// The stable wire name of a code, such as `not_found`.
MEDIADOCK_CORE_EXPORT std::string_view toString(StorageErrc code) noexcept;

/// The stable wire name of an advice, such as `outcome_unknown`.
MEDIADOCK_CORE_EXPORT std::string_view toString(Retry retry) noexcept;

/// All that is known of a failure. Fields that do not apply stay empty.
struct StorageFailure {
  StorageErrc code = StorageErrc::Internal;
  /// For people: what, on what, why. Holds no secret and no URL with credentials.
  std::string message;
  Retry retry = Retry::Never;
  /// How long the storage asked us to wait.
  std::optional<std::chrono::seconds> retryAfter;
  /// The provider call, such as `openRead`.
  std::string operation;
  /// The provider-relative path concerned.
  std::string path;
  /// The backend's own status (an HTTP status, an errno); 0 where there was none.
  int upstreamStatus = 0;
};

/// Thrown by providers and streams; nothing else may leave them. Copies share their content, so
/// copying does not throw.
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
