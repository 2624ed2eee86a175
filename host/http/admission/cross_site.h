#pragma once

/// \file
/// Changes that a browser makes on behalf of another site's page (cross-site request forgery).

#include "http/admission/cors.h"
#include "http/exchange/client.h"
#include "http/exchange/request.h"

namespace mediadock {

/// Lets pass what only reads; what brings credentials that no browser adds by itself; what comes
/// from this origin or one that `cors` lists, as the browser says by `Sec-Fetch-Site` or `Origin`;
/// and what no browser sent. Where a cookie came and the browser says nothing, it must have a
/// header `X-Requested-With`, which a form of another site cannot send.
/// \throws ProblemException 403.
void requireOwnSite(const RequestHead& head, const Client& client, const Cors& cors);

}  // namespace mediadock
