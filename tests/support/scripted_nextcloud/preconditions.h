#pragma once

/// \file
/// If-Match and its kin, as Nextcloud reads them.

#include "support/scripted_nextcloud/answer.h"
#include "support/scripted_nextcloud/dav_tree.h"
#include "support/scripted_nextcloud/request.h"

#include <optional>

namespace mediadock::scripted {

/// Throws a 412 if a condition fails; gives the 304 answer if a GET or HEAD need not be served.
/// `target` is what stands at the request's path.
std::optional<Answer> checkPreconditions(const Request& request,
                                         const std::optional<NodeInfo>& target);

/// The `If: <target> (["etag"])` header: throws a 412 unless the file at the tree path that is
/// named there has that entity tag. `base` is what precedes tree paths in it.
void checkIfHeader(const Request& request, const DavTree& tree, const std::string& base);

/// Time of an HTTP date; nothing if it is none.
std::optional<std::time_t> parseHttpDate(const std::string& text);

std::string toHttpDate(std::time_t time);

}  // namespace mediadock::scripted
