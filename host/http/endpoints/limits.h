#pragma once

/// \file
/// `GET .../limits`: what a client should know before it picks files.

#include "http/router.h"

#include <cstdint>

namespace mediadock {

class MediaService;

Endpoint limitsEndpoint(MediaService& media, std::uint64_t maxUploadBytes);

}  // namespace mediadock
