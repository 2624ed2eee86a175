#pragma once

/// \file
/// `GET .../browse`: what a folder holds.

#include "http/router.h"

namespace mediadock {

class CursorSigner;
class MediaService;
class UrlSigner;

Endpoint browseEndpoint(MediaService& media, const CursorSigner& cursors, const UrlSigner& signer);

}  // namespace mediadock
