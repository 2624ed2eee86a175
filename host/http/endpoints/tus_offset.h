#pragma once

/// \file
/// `HEAD uploads/{id}`.

#include "http/router.h"

namespace mediadock {

class MediaService;

/// Tells how far an upload has come. `media` must outlive the endpoint.
Endpoint tusOffsetEndpoint(MediaService& media);

}  // namespace mediadock
