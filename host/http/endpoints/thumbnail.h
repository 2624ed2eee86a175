#pragma once

/// \file
/// `GET`, `HEAD /api/crm/storage/thumbnail?path=P&size=N`.

#include "http/router.h"

namespace mediadock {

class MediaService;

Endpoint thumbnailEndpoint(MediaService& media);

}  // namespace mediadock
