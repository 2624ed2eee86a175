#pragma once

/// \file
/// Answers that are packed for those who can unpack them (RFC 9110 §8.4, §12.5.3). Never a stored
/// file: its bytes, ranges and digest are those of the storage.

#include "http/headers.h"
#include "mediadock/etag.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace mediadock {

/// Whether the client takes gzip, and would not rather have the bytes as they are. Silence is no
/// consent: who says nothing of codings gets none.
bool acceptsGzip(const Headers& headers);

/// Less than this is not worth the work, nor saves a packet.
inline constexpr std::size_t kLeastPackedBytes = 1024;

enum class Effort {
  Fast,    ///< For what is packed at each request.
  Utmost,  ///< For what is packed once.
};

std::string gzip(std::string_view bytes, Effort effort);

/// What the packed form goes by: another representation has another strong etag (RFC 9110
/// §8.8.3.3).
ETag packedEtag(const ETag& etag);

}  // namespace mediadock
