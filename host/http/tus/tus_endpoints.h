#pragma once

/// \file
/// The endpoints of tus 1.0.0: uploads in several requests. `uploads` is
/// `/api/crm/storage/uploads`. All parameters that are references must outlive the endpoint.

#include "http/exchange/endpoint.h"

#include <cstdint>
#include <string>

namespace mediadock {

class AuditLog;
class MediaService;

/// `OPTIONS uploads`, `OPTIONS uploads/{id}`: what this server speaks of tus. Answers clients of
/// any version.
/// \param methods for `Allow`.
Endpoint tusOptionsEndpoint(std::string methods, std::uint64_t maxUploadBytes);

/// `POST uploads`: begins an upload that may come in pieces.
Endpoint tusCreateEndpoint(MediaService& media, AuditLog& audit, std::uint64_t maxUploadBytes);

/// `HEAD uploads/{id}`: how far an upload has come.
Endpoint tusOffsetEndpoint(MediaService& media);

/// `PATCH uploads/{id}`: takes a piece of an upload, and with the last one makes the file.
Endpoint tusAppendEndpoint(MediaService& media, AuditLog& audit);

/// `DELETE uploads/{id}`: forgets an upload and drops what came of it; the file of a finished one
/// stays.
Endpoint tusTerminateEndpoint(MediaService& media);

}  // namespace mediadock
