#pragma once

/// \file
/// `PATCH /api/crm/media/{id}`: changes fields of a record.

#include "http/router.h"

namespace mediadock {

class AuditLog;
class MediaService;

Endpoint patchMediaEndpoint(MediaService& media, AuditLog& audit);

}  // namespace mediadock
