#pragma once

/// \file
/// `POST uploads`.

#include "http/router.h"

#include <cstdint>

namespace mediadock {

class AuditLog;
class MediaService;

/// Begins an upload that may come in pieces. Both must outlive the endpoint.
Endpoint tusCreateEndpoint(MediaService& media, AuditLog& audit, std::uint64_t maxUploadBytes);

}  // namespace mediadock
