#pragma once

/// \file
/// How a server fares, as its answers tell.

#include "mediadock/storage_error.h"

namespace mediadock {

/// What an answer says about the server, other than about the request.
enum class Trouble {
  None,
  WrongLogin,   ///< 401.
  LockedOut,    ///< 429 that names no end: too many wrong logins came from our address.
  Throttled,    ///< 429 for too many requests.
  Overload,     ///< 503 of a server that is up.
  Maintenance,  ///< 503 of a server whose administrator switched it off.
  DeadStorage,  ///< 503 of a server behind which one external storage is down.
  Fault,        ///< 500 without a known meaning.
  Gateway,      ///< Nobody, or only a proxy, answers.
};

/// What a refusal means.
struct Verdict {
  Trouble trouble = Trouble::None;
  StorageFailure failure;
  /// The same request, where it may be repeated, may well succeed in a moment.
  bool isPassing = false;
};

}  // namespace mediadock
