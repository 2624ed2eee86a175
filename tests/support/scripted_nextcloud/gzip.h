#pragma once

/// \file
/// Answers made smaller for clients that ask for it.

#include "support/scripted_nextcloud/answer.h"
#include "support/scripted_nextcloud/request.h"

namespace mediadock::scripted {

/// Compresses the body if the request's Accept-Encoding names gzip.
void compressFor(const Request& request, Answer& answer);

}  // namespace mediadock::scripted
