#pragma once

/// \file
/// `POST .../upload`: takes files from a form.

#include "http/router.h"

#include <cstdint>

namespace mediadock {

class AuditLog;
class MediaService;

Endpoint uploadEndpoint(MediaService& media, AuditLog& audit, std::uint64_t maxUploadBytes);

}  // namespace mediadock
