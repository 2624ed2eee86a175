#pragma once

/// \file
/// Segments of a URL path and their percent-encoding (RFC 3986 §2.1, §3.3).

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock::http_client {

/// Percent-encodes one path segment: all bytes except the unreserved ones of RFC 3986 §2.3.
std::string encodeSegment(std::string_view segment);

/// `/a/b` for the segments `a` and `b`, each encoded; empty if there are none.
std::string encodeSegments(const std::vector<std::string>& segments);

/// Decodes `segment` into the front of `out` and advances `out` past it. Returns false if there is
/// no room, or for an invalid escape. `+` stays a plus: it means a space only in forms.
bool decodeSegmentInto(std::string_view segment, std::span<char>& out);

/// Splits the path of a URL at its slashes, *then* decodes each segment once, so that a `%2F` stays
/// in its segment. Empty segments (a trailing slash) are dropped. Returns nullopt for an invalid
/// escape or an invalid name.
std::optional<std::vector<std::string>> decodePathSegments(std::string_view path);

}  // namespace mediadock::http_client
