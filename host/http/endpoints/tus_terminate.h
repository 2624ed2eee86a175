#pragma once

/// \file
/// `DELETE uploads/{id}`.

#include "http/router.h"

namespace mediadock {

class MediaService;

/// Forgets an upload and drops what came of it; the file of a finished one stays. `media` must
/// outlive the endpoint.
Endpoint tusTerminateEndpoint(MediaService& media);

}  // namespace mediadock
