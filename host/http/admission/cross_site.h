#pragma once

/// \file
/// Protection against cross-site request forgery.

#include "http/admission/cors.h"
#include "http/exchange/client.h"
#include "http/exchange/request.h"

namespace mediadock::http {

/// Admits requests that only read; that carry credentials which no browser adds by itself; that
/// come from this origin or one listed by `cors`, according to `Sec-Fetch-Site` or `Origin`; and
/// that no browser sent. A request with a cookie but neither of those headers must have a header
/// `X-Requested-With`, which a form on another site cannot send.
/// \throws ProblemException 403.
void requireOwnSite(const RequestHead& head, const Client& client, const Cors& cors);

}  // namespace mediadock::http
