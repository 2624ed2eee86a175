#pragma once

/// \file
/// `GET /api/crm/media`: records, newest first.

#include "http/router.h"

namespace mediadock {

class CursorSigner;
class MediaService;

Endpoint listMediaEndpoint(MediaService& media, const CursorSigner& cursors);

}  // namespace mediadock
