#pragma once

/// \file
/// The record that a request names by its id.

#include "records/media_record.h"

namespace mediadock {

class MediaService;
class Request;

/// The record of the `{id}` in the request's path.
/// \throws ProblemException 404 where there is none, and in the same words where its path is out of
///   the caller's reach.
MediaRecord reachableRecord(MediaService& media, const Request& request);

}  // namespace mediadock
