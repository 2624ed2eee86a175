#pragma once

/// \file
/// Reads the head of an answer off a connection.

#include "http_head.h"
#include "http_session.h"

namespace mediadock {

/// The final head; 100, 102 and 103 are interim ones (RFC 9110 §15.2).
/// \throws StorageError `Protocol`, `Connection` where the server closes without an answer, and
///   what the connection throws.
HttpHead readHead(HttpSession& session, const CallLimits& limits);

}  // namespace mediadock
