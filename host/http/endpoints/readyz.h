#pragma once

/// \file
/// `GET /readyz`: storage and records can be reached, and the server is not stopping.

#include "http/router.h"

namespace mediadock {

class Drain;
class MediaService;
class Readiness;

/// With `verbose=1`, which needs `Scope::Admin`, also tells the storage's abilities and what they
/// rest on.
Endpoint readyzEndpoint(Readiness& readiness, const Drain& drain, MediaService& media);

}  // namespace mediadock
