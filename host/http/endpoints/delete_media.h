#pragma once

/// \file
/// `DELETE /api/crm/media/{id}`: removes a record and leaves its file.

#include "http/router.h"

namespace mediadock {

class AuditLog;
class MediaService;

Endpoint deleteMediaEndpoint(MediaService& media, AuditLog& audit);

}  // namespace mediadock
