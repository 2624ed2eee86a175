#pragma once

/// \file
/// Receives the bytes of a PATCH, or of the POST that creates an upload.

#include "http/exchange/request.h"
#include "http/exchange/response.h"
#include "http/tus/tus_headers.h"
#include "http/tus/tus_metadata.h"
#include "media/uploads/upload_append.h"

#include <optional>

namespace mediadock::http {

class AuditLog;

/// Whether the `Content-Type` says that the body is part of the file.
bool carriesTusContent(const Request& request);

/// The request's `Upload-Checksum`, if any.
/// \throws ProblemException 400.
std::optional<TusChecksum> checksumOf(const Request& request);

/// Appends the request's body to the upload, and finishes the upload if it is complete. What
/// arrived of a body that breaks off is kept, unless the request has a checksum: then the body
/// counts completely or not at all. A finished file is written to the audit log, and its record is
/// returned.
/// \throws ProblemException 413 for a body beyond the upload's length, 460 for a checksum mismatch,
///   409 if another request wants to resume the upload; StorageError, UploadGone, ClientGone.
std::optional<records::MediaRecord> takeTusContent(Request& request, const TusFile& file,
                                                   media::UploadAppend& append, AuditLog& audit);

}  // namespace mediadock::http
