#pragma once

/// \file
/// `POST .../folder`: makes a folder and its missing parents.

#include "http/router.h"

namespace mediadock {

class AuditLog;
class MediaService;
class UrlSigner;

Endpoint createFolderEndpoint(MediaService& media, AuditLog& audit, const UrlSigner& signer);

}  // namespace mediadock
