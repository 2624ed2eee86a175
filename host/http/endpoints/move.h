#pragma once

/// \file
/// `POST .../move`: moves a file or folder with its records.

#include "http/router.h"

namespace mediadock {

class AuditLog;
class MediaService;
class UrlSigner;

Endpoint moveEndpoint(MediaService& media, AuditLog& audit, const UrlSigner& signer);

}  // namespace mediadock
