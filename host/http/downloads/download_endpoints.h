#pragma once

/// \file
/// The endpoints that answer with what the storage has: bytes and pictures. `media` must outlive
/// them.

#include "http/exchange/endpoint.h"

namespace mediadock {

class MediaService;

/// `GET` and `HEAD /api/crm/storage/file?path=P`: the bytes of a file, whole or in pieces.
Endpoint downloadEndpoint(MediaService& media);

/// `GET` and `HEAD /api/crm/storage/thumbnail?path=P&size=N`.
Endpoint thumbnailEndpoint(MediaService& media);

}  // namespace mediadock
