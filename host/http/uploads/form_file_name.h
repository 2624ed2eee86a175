#pragma once

/// \file
/// Parses file names in form parts (RFC 7578 §4.2), with the variations of common clients.

#include <optional>
#include <string>
#include <string_view>

namespace mediadock::http {

/// The file name in a part's `Content-Disposition`: the last segment, because some clients send a
/// whole path. Returns nullopt if it has neither `filename` nor `filename*`.
///
/// `filename*` (RFC 8187; in UTF-8 or ISO-8859-1), which forms must not use but some programs send,
/// takes precedence if it contains a name. `filename` is taken literally except for three
/// encodings:
/// - `%22` and `\"`, which browsers and curl write for a quote;
/// - encoded words (RFC 2047) and nothing else (.NET);
/// - percent-encoding of everything that is not unreserved (aiohttp), if it encodes non-ASCII:
///   otherwise it may be the literal name.
/// \throws ProblemException 400 if `filename*` is malformed and there is no `filename`.
std::optional<std::string> formFileName(std::string_view disposition);

/// `text` with `%22`, which browsers write for a quote, decoded.
std::string withQuotes(std::string text);

/// What follows the last slash or backslash.
std::string_view lastSegment(std::string_view path) noexcept;

}  // namespace mediadock::http
