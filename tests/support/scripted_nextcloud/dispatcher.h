#pragma once

/// \file
/// From a request to its answer: the server's own order of checks, then the routes.

#include "support/scripted_nextcloud/accounts.h"
#include "support/scripted_nextcloud/logins.h"

#include <atomic>
#include <string>

namespace mediadock::scripted {

/// All that requests share. Thread-safe once it serves.
struct ServerState {
  explicit ServerState(const std::filesystem::path& folder);

  const std::string instanceId;
  NodeNumbers numbers;
  Accounts accounts;
  Logins logins;
  std::atomic<bool> isInMaintenance{false};
};

/// Answers as a Nextcloud in maintenance mode.
Answer answerInMaintenance(const Request& request);

/// Answers as a Nextcloud that is in order. Throws only `ClientGone` and system errors.
Answer dispatch(const Request& request, ServerState& state);

}  // namespace mediadock::scripted
