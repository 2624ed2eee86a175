#pragma once

/// \file
/// The headers of tus 1.0.0, parsed strictly. Nothing here looks at more than the text it is given.

#include "http/syntax/headers.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock {

/// `Upload-Length`, `Upload-Offset`: digits alone, as many as fit the record database. Else
/// nothing.
std::optional<std::uint64_t> parseTusNumber(std::string_view text);

/// The pairs of an `Upload-Metadata` in their order, values decoded; none of an empty text.
/// Nothing where it is not well-formed, a key comes twice, or there are more than 64.
std::optional<std::vector<Headers::Field>> parseTusMetadata(std::string_view text);

struct TusChecksum {
  /// `sha1` or `sha256`.
  std::string algorithm;
  /// The bytes of the digest.
  std::string digest;
};

/// `Upload-Checksum`; nothing where it is not well-formed, of another algorithm, or not as long as
/// that one's digests.
std::optional<TusChecksum> parseTusChecksum(std::string_view text);

/// The value of a header that stands at most once.
/// \throws ProblemException 400 where it stands more often.
std::optional<std::string> singleHeader(const Headers& headers, std::string_view name);

}  // namespace mediadock
