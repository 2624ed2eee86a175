#pragma once

/// \file
/// Asks a Nextcloud what it can do, and keeps the answers as evidence.

#include "dav_client.h"
#include "server_facts.h"

#include <string>

namespace mediadock {

/// `known`, which says where the server is, with what the server itself says of its abilities.
/// Three requests, none of which changes anything: what only a write could show (X-Hash,
/// Auto-Mkcol) is said to be unasked.
/// \throws StorageError `Unauthenticated`, `Unavailable` and what else says nothing about
/// abilities.
ServerFacts examine(ServerFacts known, DavClient& client, const CallLimits& limits);

/// A piece of evidence of this moment.
CapabilityEvidence evidenceOf(std::string ability, std::string asked, std::string answered);

}  // namespace mediadock
