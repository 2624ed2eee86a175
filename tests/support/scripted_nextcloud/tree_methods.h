#pragma once

/// \file
/// MKCOL, DELETE, MOVE and COPY on the files of a user.

#include "support/scripted_nextcloud/answer.h"
#include "support/scripted_nextcloud/exchange.h"

namespace mediadock::scripted {

Answer makeCollection(const Exchange& exchange);
Answer removeResource(const Exchange& exchange);
Answer moveResource(const Exchange& exchange);
Answer copyResource(const Exchange& exchange);

}  // namespace mediadock::scripted
