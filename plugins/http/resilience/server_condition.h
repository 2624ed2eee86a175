#pragma once

/// \file
/// The condition of a server, as its responses show it.

#include "mediadock/storage_error.h"

namespace mediadock::http_client {

/// What a response says about the server rather than the request.
enum class ServerCondition {
  None,
  WrongLogin,   ///< 401.
  LockedOut,    ///< 429 without `Retry-After`: too many wrong logins came from our address.
  Throttled,    ///< 429 for too many requests.
  Overload,     ///< 503 of a server that is running.
  Maintenance,  ///< 503 of a server in maintenance mode.
  DeadStorage,  ///< 503 of a server of which one external storage is down.
  Fault,        ///< 500 without a known meaning.
  Gateway,      ///< No response, or only one from a proxy.
};

/// What an error response means.
struct Verdict {
  ServerCondition condition = ServerCondition::None;
  StorageFailure failure;
  /// Transient: the same request, if repeatable, may well succeed soon.
  bool isPassing = false;
};

}  // namespace mediadock::http_client
