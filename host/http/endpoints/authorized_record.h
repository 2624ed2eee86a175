#pragma once

/// \file
/// Finds the record that a request names by its id.

#include "records/media_record.h"

namespace mediadock::media {
class MediaService;
}  // namespace mediadock::media

namespace mediadock::http {

class Request;

/// The record whose id is the `{id}` in the request's path.
/// \throws ProblemException 404 if there is none, and, indistinguishably, if the caller may not
///   access its path.
records::MediaRecord authorizedRecord(media::MediaService& media, const Request& request);

}  // namespace mediadock::http
