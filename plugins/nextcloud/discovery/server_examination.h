#pragma once

/// \file
/// Asks a Nextcloud what it can do, and keeps the answers as evidence.

#include "dav/dav_client.h"
#include "dav/server_facts.h"

#include <cstddef>
#include <string>

namespace mediadock {

/// More of what the server says of itself is not looked at.
inline constexpr std::size_t kMaxJsonBytes = 262144;

/// `known`, which says where the server is, with what the server itself says of its abilities.
/// Three requests, none of which changes anything: what only a write could show (X-Hash,
/// Auto-Mkcol) is said to be unasked.
/// \throws StorageError `Unauthenticated`, `Unavailable` and what else says nothing about
/// abilities.
ServerFacts examine(ServerFacts known, DavClient& client, const CallLimits& limits);

/// A piece of evidence of this moment.
CapabilityEvidence evidenceOf(std::string ability, std::string asked, std::string answered);

}  // namespace mediadock
