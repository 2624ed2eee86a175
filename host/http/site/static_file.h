#pragma once

/// \file
/// Endpoints for the page at `/` and its files.

#include "http/exchange/endpoint.h"
#include "http/site/static_site.h"

namespace mediadock::http {

Endpoint staticFileEndpoint(StaticFile file);

/// For `/` if no page was built: responds with a problem that says how to build it.
Endpoint missingPageEndpoint();

}  // namespace mediadock::http
