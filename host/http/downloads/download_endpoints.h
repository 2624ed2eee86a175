#pragma once

/// \file
/// The endpoints for downloads and thumbnails. `media` must outlive them.

#include "http/exchange/endpoint.h"

namespace mediadock::media {
class MediaService;
}  // namespace mediadock::media

namespace mediadock::http {

/// `GET` and `HEAD /api/crm/storage/file?path=P`: the bytes of a file, whole or by ranges.
Endpoint downloadEndpoint(media::MediaService& media);

/// `GET` and `HEAD /api/crm/storage/thumbnail?path=P&size=N`.
Endpoint thumbnailEndpoint(media::MediaService& media);

}  // namespace mediadock::http
