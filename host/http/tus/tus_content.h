#pragma once

/// \file
/// The bytes of a PATCH, or of the POST that begins an upload.

#include "http/exchange/request.h"
#include "http/exchange/response.h"
#include "http/tus/tus_headers.h"
#include "http/tus/tus_metadata.h"
#include "media/uploads/upload_append.h"

#include <optional>

namespace mediadock {

class AuditLog;

/// Whether the request's body is a piece of the file, by its `Content-Type`.
bool carriesTusContent(const Request& request);

/// The request's `Upload-Checksum`, where it has one.
/// \throws ProblemException 400.
std::optional<TusChecksum> checksumOf(const Request& request);

/// Takes the request's body behind what the upload has, and finishes the upload where it is whole.
/// What came of a body that breaks off is kept, unless it has a checksum to be held to: then all of
/// it counts, or nothing. A file that is finished
/// has its line in the audit log; its record is returned.
/// \throws ProblemException 413 for a body beyond the upload's length, 460 for another checksum,
///   409 where another request wants to go on with the upload; StorageError, UploadGone,
///   ClientGone.
std::optional<MediaRecord> takeTusContent(Request& request, const TusFile& file,
                                          UploadAppend& append, AuditLog& audit);

}  // namespace mediadock
