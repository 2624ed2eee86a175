#pragma once

/// \file
/// PROPFIND: what is asked for, and the multistatus that answers it.

#include "support/scripted_nextcloud/answer.h"
#include "support/scripted_nextcloud/exchange.h"

#include <vector>

namespace mediadock::scripted {

/// What the server says it can do, in the DAV header.
inline constexpr const char* kDavClasses =
    "1, 3, extended-mkcol, access-control, nc-paginate, nextcloud-checksum-update";

/// Which properties the listed things have.
enum class PropertySet { Files, Uploads };

/// PROPFIND on the files of a user, any depth: all at once, or page by page; with gzip if asked.
Answer listFiles(const Exchange& exchange);

/// PROPFIND on somebody else's root: it is there, and that is all.
Answer listForeignRoot(const Request& request, const std::string& href);

/// The answer that tells of `nodes` what the body of the request asks for.
Answer multistatus(const Exchange& exchange, const std::vector<NodeInfo>& nodes, PropertySet set);

/// What accompanies every answer to a PROPFIND, errors included.
void addPropfindHeaders(Answer& answer);

}  // namespace mediadock::scripted
