#pragma once

/// \file
/// PUT on the files of a user.

#include "support/scripted_nextcloud/answer.h"
#include "support/scripted_nextcloud/exchange.h"

#include <optional>

namespace mediadock::scripted {

/// Stores the body, with all that is peculiar about it: chunked transfer encoding leaves an empty
/// file, a bad time is an error after the file is stored, and an overwrite goes over the old bytes.
Answer upload(const Exchange& exchange);

/// The X-OC-MTime or X-OC-CTime header as seconds. Nothing where it is missing, empty or not
/// acceptable; `isBadTime` tells the latter.
std::optional<std::time_t> parseTime(const Request& request, const std::string& header);
bool isBadTime(const Request& request, const std::string& header);

/// The 500 that follows a bad time.
Answer badTimeAnswer(const Request& request, const std::string& header);

}  // namespace mediadock::scripted
