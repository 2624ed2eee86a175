#pragma once

/// \file
/// Tests whether a Nextcloud keeps the chunks of an upload in a way that allows resuming it.

#include "dav/dav_client.h"
#include "dav/server_facts.h"
#include "mediadock/capabilities.h"

namespace mediadock::nextcloud {

struct UploadTrial {
  bool keepsChunks = false;
  CapabilityEvidence evidence;
};

/// Starts an upload, inspects its folder, and deletes it. If the account's files are in an object
/// storage, Nextcloud passes chunks on as parts of a multipart upload, which a `.target` in the
/// folder shows: only the last part may be smaller than 5 MiB, so a write cannot be suspended at an
/// arbitrary byte.
/// \throws StorageError for failures that say nothing about the ability: `Unavailable`,
///   `Connection` and others.
UploadTrial tryUploads(const ServerFacts& facts, DavClient& client,
                       const http_client::CallLimits& limits);

}  // namespace mediadock::nextcloud
