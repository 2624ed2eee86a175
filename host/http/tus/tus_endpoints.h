#pragma once

/// \file
/// The endpoints of tus 1.0.0, the protocol for resumable uploads. `uploads` is
/// `/api/crm/storage/uploads`. All parameters that are references must outlive the endpoint.

#include "http/exchange/endpoint.h"

#include <cstdint>
#include <string>

namespace mediadock::media {
class MediaService;
}  // namespace mediadock::media

namespace mediadock::http {

class AuditLog;

/// `OPTIONS uploads`, `OPTIONS uploads/{id}`: the tus versions and extensions that this server
/// supports. Accepts clients of any version.
/// \param methods for `Allow`.
Endpoint tusOptionsEndpoint(std::string methods, std::uint64_t maxUploadBytes);

/// `POST uploads`: creates an upload whose bytes may arrive in several requests.
Endpoint tusCreateEndpoint(media::MediaService& media, AuditLog& audit,
                           std::uint64_t maxUploadBytes);

/// `HEAD uploads/{id}`: the current offset of an upload.
Endpoint tusOffsetEndpoint(media::MediaService& media);

/// `PATCH uploads/{id}`: appends to an upload, and creates the file once it is complete.
Endpoint tusAppendEndpoint(media::MediaService& media, AuditLog& audit);

/// `DELETE uploads/{id}`: discards an upload and its data; the file of a finished upload is kept.
Endpoint tusTerminateEndpoint(media::MediaService& media);

}  // namespace mediadock::http
