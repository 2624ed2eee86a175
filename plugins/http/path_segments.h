#pragma once

/// \file
/// The segments of a URL's path and their percent-encoding (RFC 3986 §2.1, §3.3).

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock {

/// Percent-encodes one path segment: all bytes but the unreserved ones of RFC 3986 §2.3.
std::string encodeSegment(std::string_view segment);

/// `/a/b` of segments `a`, `b`, each encoded; empty for none.
std::string encodeSegments(const std::vector<std::string>& segments);

/// Decodes `segment` into the front of `out`, and takes that off `out`. False where there is no
/// room for it, or an escape is broken. `+` stays a plus: it is a space in forms only.
bool decodeSegmentInto(std::string_view segment, std::span<char>& out);

/// Splits the path of a URL at its slashes, *then* decodes each segment once, so that a `%2F` stays
/// in its segment. Empty segments (a trailing slash) are dropped. Nothing where an escape is broken
/// or a segment is no valid name.
std::optional<std::vector<std::string>> decodePathSegments(std::string_view path);

}  // namespace mediadock
