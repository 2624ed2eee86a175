#pragma once

/// \file
/// `GET /` and the files of the page that is served there.

#include "http/exchange/endpoint.h"
#include "http/site/static_site.h"

namespace mediadock {

Endpoint staticFileEndpoint(StaticFile file);

/// For `/` where no page was built: a problem that says how it is.
Endpoint missingPageEndpoint();

}  // namespace mediadock
