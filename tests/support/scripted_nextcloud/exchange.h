#pragma once

/// \file
/// What a WebDAV handler works with.

#include "support/scripted_nextcloud/accounts.h"
#include "support/scripted_nextcloud/answer.h"
#include "support/scripted_nextcloud/request.h"

#include <string>

namespace mediadock::scripted {

/// A request on a place in somebody's files or uploads.
struct Exchange {
  const Request& request;
  Account& account;
  /// Tree path, or for uploads `ID` or `ID/CHUNK`.
  std::string path;
  /// What stands before `path` in hrefs, with a slash at the end.
  std::string hrefPrefix;
  /// Tail of every OC-FileId.
  const std::string& instanceId;
};

/// The number as OC-FileId shows it.
std::string toOcFileId(std::uint64_t fileId, const std::string& instanceId);

/// The tree path that the Destination header names. Throws 400 without the header, 403 where it
/// leads out of the user's files. Scheme and host are ignored.
std::string parseDestination(const Exchange& exchange);

/// The Overwrite header: replacing is the default.
Overwrite parseOverwrite(const Request& request);

/// The ETag and OC-FileId headers that follow a change of a file; of folders only the latter.
void addIdentity(Answer& answer, const NodeInfo& info, const std::string& instanceId);

}  // namespace mediadock::scripted
