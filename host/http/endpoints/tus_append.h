#pragma once

/// \file
/// `PATCH uploads/{id}`.

#include "http/router.h"

namespace mediadock {

class AuditLog;
class MediaService;

/// Takes a piece of an upload, and with the last one makes the file. Both must outlive the
/// endpoint.
Endpoint tusAppendEndpoint(MediaService& media, AuditLog& audit);

}  // namespace mediadock
