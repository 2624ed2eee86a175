#pragma once

/// \file
/// The endpoints of files, folders and records, and of the server's own state. What each answers,
/// docs/http-api.md says. `...` is `/api/crm/storage`. All parameters that are references must
/// outlive the endpoint.

#include "http/exchange/endpoint.h"

#include <cstdint>

namespace mediadock {

class AuditLog;
class CursorSigner;
class Drain;
class MediaService;
class Readiness;
class UrlSigner;

/// `GET .../browse`: what a folder holds.
Endpoint browseEndpoint(MediaService& media, const CursorSigner& cursors, const UrlSigner& signer);

/// `GET .../limits`: what a client should know before it picks files.
Endpoint limitsEndpoint(MediaService& media, std::uint64_t maxUploadBytes);

/// `POST .../upload`: takes files from a form.
Endpoint uploadEndpoint(MediaService& media, AuditLog& audit, std::uint64_t maxUploadBytes);

/// `POST .../folder`: makes a folder and its missing parents.
Endpoint createFolderEndpoint(MediaService& media, AuditLog& audit, const UrlSigner& signer);

/// `POST .../move`: moves a file or folder with its records.
Endpoint moveEndpoint(MediaService& media, AuditLog& audit, const UrlSigner& signer);

/// `DELETE .../file`: removes a file or folder with its records.
Endpoint deleteFileEndpoint(MediaService& media, AuditLog& audit);

/// `GET /api/crm/media`: records, newest first.
Endpoint listMediaEndpoint(MediaService& media, const CursorSigner& cursors);

/// `POST /api/crm/media`: adds a record for a file that the storage has.
Endpoint createMediaEndpoint(MediaService& media, AuditLog& audit);

/// `GET /api/crm/media/{id}`: one record.
Endpoint getMediaEndpoint(MediaService& media);

/// `PATCH /api/crm/media/{id}`: changes fields of a record.
Endpoint patchMediaEndpoint(MediaService& media, AuditLog& audit);

/// `DELETE /api/crm/media/{id}`: removes a record and leaves its file.
Endpoint deleteMediaEndpoint(MediaService& media, AuditLog& audit);

/// `GET /healthz`: the process is up.
Endpoint healthzEndpoint();

/// `GET /readyz`: storage and records can be reached, and the server is not stopping. With
/// `verbose=1`, which needs `Scope::Admin`, also the storage's abilities and what they rest on.
Endpoint readyzEndpoint(Readiness& readiness, const Drain& drain, MediaService& media);

}  // namespace mediadock
