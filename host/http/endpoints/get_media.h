#pragma once

/// \file
/// `GET /api/crm/media/{id}`: one record.

#include "http/router.h"

namespace mediadock {

class MediaService;

Endpoint getMediaEndpoint(MediaService& media);

}  // namespace mediadock
