#pragma once

/// \file
/// GET and HEAD on the files of a user.

#include "support/scripted_nextcloud/answer.h"
#include "support/scripted_nextcloud/exchange.h"

namespace mediadock::scripted {

/// One range is served as 206, several or unknown ones are ignored; a folder is an empty page.
Answer download(const Exchange& exchange);

}  // namespace mediadock::scripted
