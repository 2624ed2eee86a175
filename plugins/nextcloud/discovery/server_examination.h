#pragma once

/// \file
/// Queries a Nextcloud for its abilities, and keeps the responses as evidence.

#include "dav/dav_client.h"
#include "dav/server_facts.h"

#include <cstddef>
#include <string>

namespace mediadock::nextcloud {

/// Upper bound of what is read of a JSON response.
inline constexpr std::size_t kMaxJsonBytes = 262144;

/// Returns `known` plus the abilities that the server reports. Sends three requests, none of which
/// changes anything: abilities that only a write could show (X-Hash, Auto-Mkcol) are noted as not
/// queried.
/// \throws StorageError `Unauthenticated`, `Unavailable` and others that say nothing about
///   abilities.
ServerFacts examine(ServerFacts known, DavClient& client, const http_client::CallLimits& limits);

/// Evidence with the current time.
CapabilityEvidence evidenceOf(std::string ability, std::string asked, std::string answered);

}  // namespace mediadock::nextcloud
