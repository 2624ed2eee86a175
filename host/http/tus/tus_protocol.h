#pragma once

/// \file
/// Common parts of all tus 1.0.0 requests: version check, upload lookup, progress headers.

#include "http/exchange/endpoint.h"
#include "media/uploads/resumable_uploads.h"

#include <string>
#include <string_view>

namespace mediadock::http {

inline constexpr std::string_view kTusVersion = "1.0.0";
inline constexpr std::string_view kTusContentType = "application/offset+octet-stream";

/// Wraps `endpoint` so that requests of another protocol version get 412, and that every response
/// has the version, errors included.
Endpoint speakingTus(Endpoint endpoint);

/// The upload named by the request's path.
/// \throws ProblemException 404 if there is none, if it is another caller's, or if this caller may
///   no longer access its destination; 410 if it has expired.
records::UnfinishedUpload requireUpload(media::ResumableUploads& uploads, const Request& request);

/// Sets `Upload-Offset` and `Upload-Expires`.
void tellProgress(Response& response, const records::UnfinishedUpload& upload);

}  // namespace mediadock::http
