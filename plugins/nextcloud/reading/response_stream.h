#pragma once

/// \file
/// Reads a file, or a part of it, from the body of a response.

#include "dav/dav_client.h"
#include "http/call_limits.h"
#include "mediadock/streams.h"

#include <cstdint>
#include <memory>
#include <optional>

namespace mediadock::nextcloud {

/// Number of bytes in the response around the requested part.
struct Surroundings {
  std::uint64_t before = 0;
  std::uint64_t behind = 0;
};

/// Discards what precedes the part. If `info` has no length, the stream ends where the response
/// completes.
/// \param response nullopt for an empty part.
/// \throws StorageError as `IReadStream::read`.
std::unique_ptr<IReadStream> makeResponseStream(std::optional<http_client::HttpResponse> response,
                                                ReadInfo info, const Surroundings& around,
                                                std::unique_ptr<http_client::CallLimits> limits);

}  // namespace mediadock::nextcloud
