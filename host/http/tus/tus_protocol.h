#pragma once

/// \file
/// What all requests of tus 1.0.0 have in common.

#include "http/exchange/endpoint.h"
#include "media/uploads/resumable_uploads.h"

#include <string>
#include <string_view>

namespace mediadock {

inline constexpr std::string_view kTusVersion = "1.0.0";
inline constexpr std::string_view kTusContentType = "application/offset+octet-stream";

/// An endpoint that refuses requests of another protocol version with 412, and whose answers say
/// the version, also where it fails.
Endpoint speakingTus(Endpoint endpoint);

/// The upload that the request's path names.
/// \throws ProblemException 404 where there is none, or it is another caller's, or goes where this
///   one no longer reaches; 410 where it has expired.
UnfinishedUpload requireUpload(ResumableUploads& uploads, const Request& request);

/// `Upload-Offset` and `Upload-Expires`.
void tellProgress(Response& response, const UnfinishedUpload& upload);

}  // namespace mediadock
