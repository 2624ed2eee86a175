#pragma once

/// \file
/// `OPTIONS uploads`, `OPTIONS uploads/{id}`.

#include "http/router.h"

#include <cstdint>

namespace mediadock {

/// What this server speaks of tus. Answers clients of any version.
/// \param methods for `Allow`.
Endpoint tusOptionsEndpoint(std::string methods, std::uint64_t maxUploadBytes);

}  // namespace mediadock
