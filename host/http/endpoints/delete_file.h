#pragma once

/// \file
/// `DELETE .../file`: removes a file or folder with its records.

#include "http/router.h"

namespace mediadock {

class AuditLog;
class MediaService;

Endpoint deleteFileEndpoint(MediaService& media, AuditLog& audit);

}  // namespace mediadock
