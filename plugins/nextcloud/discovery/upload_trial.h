#pragma once

/// \file
/// Whether a Nextcloud keeps the chunks of an upload so that the upload can be gone on with.

#include "dav/dav_client.h"
#include "dav/server_facts.h"
#include "mediadock/capabilities.h"

namespace mediadock {

struct UploadTrial {
  bool keepsChunks = false;
  CapabilityEvidence evidence;
};

/// Begins an upload, looks at its folder, and drops it. Where the account's files lie in an object
/// storage, Nextcloud hands chunks on as parts of a multipart upload, and keeps `.target` in the
/// folder to tell of it: of these only the last may be below 5 MiB, so that a write cannot be
/// suspended at any byte.
/// \throws StorageError what says nothing about the ability: `Unavailable`, `Connection`, ….
UploadTrial tryUploads(const ServerFacts& facts, DavClient& client, const CallLimits& limits);

}  // namespace mediadock
