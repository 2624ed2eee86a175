#pragma once

/// \file
/// How a server fares, as its answers tell.

namespace mediadock {

/// What an answer says about the server, other than about the request.
enum class Trouble {
  None,
  WrongLogin,   ///< 401.
  LockedOut,    ///< 429 by Nextcloud's brute-force protection, which names no end.
  Throttled,    ///< 429 for too many requests.
  Overload,     ///< 503 of a server that is up.
  Maintenance,  ///< 503 of a server whose administrator switched it off.
  DeadStorage,  ///< 503 of a server behind which one external storage is down.
  Fault,        ///< 500 without a known meaning.
  Gateway,      ///< Nobody, or only a proxy, answers.
};

}  // namespace mediadock
