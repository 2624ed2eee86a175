#pragma once

/// \file
/// The endpoints for files, folders, records and server state, specified in docs/http-api.md. `...`
/// is `/api/crm/storage`. All reference parameters must outlive the endpoint.

#include "http/exchange/endpoint.h"

#include <cstdint>

namespace mediadock::media {
class MediaService;
class Readiness;
}  // namespace mediadock::media

namespace mediadock::http {

class AuditLog;
class CursorSigner;
class Drain;
class UrlSigner;

/// `GET .../browse`: lists a folder.
Endpoint browseEndpoint(media::MediaService& media, const CursorSigner& cursors,
                        const UrlSigner& signer);

/// `GET .../limits`: the limits that a client should know before it selects files.
Endpoint limitsEndpoint(media::MediaService& media, std::uint64_t maxUploadBytes);

/// `POST .../upload`: uploads the files of a form.
Endpoint uploadEndpoint(media::MediaService& media, AuditLog& audit, std::uint64_t maxUploadBytes);

/// `POST .../folder`: creates a folder and its missing parents.
Endpoint createFolderEndpoint(media::MediaService& media, AuditLog& audit, const UrlSigner& signer);

/// `POST .../move`: moves a file or folder with its records.
Endpoint moveEndpoint(media::MediaService& media, AuditLog& audit, const UrlSigner& signer);

/// `DELETE .../file`: deletes a file or folder and its records.
Endpoint deleteFileEndpoint(media::MediaService& media, AuditLog& audit);

/// `GET /api/crm/media`: lists records, newest first.
Endpoint listMediaEndpoint(media::MediaService& media, const CursorSigner& cursors);

/// `POST /api/crm/media`: adds a record for a file that exists in the storage.
Endpoint createMediaEndpoint(media::MediaService& media, AuditLog& audit);

/// `GET /api/crm/media/{id}`: one record.
Endpoint getMediaEndpoint(media::MediaService& media);

/// `PATCH /api/crm/media/{id}`: changes fields of a record.
Endpoint patchMediaEndpoint(media::MediaService& media, AuditLog& audit);

/// `DELETE /api/crm/media/{id}`: deletes a record, but not its file.
Endpoint deleteMediaEndpoint(media::MediaService& media, AuditLog& audit);

/// `GET /healthz`: the process is alive.
Endpoint healthzEndpoint();

/// `GET /readyz`: storage and record store are reachable, and the server is not stopping. With
/// `verbose=1`, which requires `Scope::Admin`, also the storage's capabilities and what they are
/// based on.
Endpoint readyzEndpoint(media::Readiness& readiness, const Drain& drain,
                        media::MediaService& media);

}  // namespace mediadock::http
