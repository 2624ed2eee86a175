#pragma once

/// \file
/// The body of an answer as a stream of a file, or of a part of it.

#include "dav/dav_client.h"
#include "http/call_limits.h"
#include "mediadock/streams.h"

#include <cstdint>
#include <memory>
#include <optional>

namespace mediadock {

/// How many bytes an answer has around the part that is meant.
struct Surroundings {
  std::uint64_t before = 0;
  std::uint64_t behind = 0;
};

/// Reads and drops what is before the part. Where `info` has no length, the stream ends where the
/// answer does, whole.
/// \param response nothing for a part without bytes.
/// \throws StorageError as `IReadStream::read`.
std::unique_ptr<IReadStream> makeResponseStream(std::optional<HttpResponse> response, ReadInfo info,
                                                const Surroundings& around,
                                                std::unique_ptr<CallLimits> limits);

}  // namespace mediadock
