#pragma once

/// \file
/// `GET` and `HEAD .../file`: the bytes of a file, whole or in pieces.

#include "http/router.h"

namespace mediadock {

class MediaService;

Endpoint downloadEndpoint(MediaService& media);

}  // namespace mediadock
