#pragma once

/// \file
/// `GET /healthz`: the process is up.

#include "http/router.h"

namespace mediadock {

Endpoint healthzEndpoint();

}  // namespace mediadock
