#pragma once

/// \file
/// Chunked upload, version 2: MKCOL, PUT, PROPFIND, MOVE and DELETE below uploads/USER/.

#include "support/scripted_nextcloud/answer.h"
#include "support/scripted_nextcloud/exchange.h"

namespace mediadock::scripted {

/// Serves any method on an upload folder or in it.
Answer chunkedUpload(const Exchange& exchange);

}  // namespace mediadock::scripted
