#pragma once

/// \file
/// `POST /api/crm/media`: adds a record for a file that stands in the storage.

#include "http/router.h"

namespace mediadock {

class AuditLog;
class MediaService;

Endpoint createMediaEndpoint(MediaService& media, AuditLog& audit);

}  // namespace mediadock
