#pragma once

/// \file
/// What the parts of a form call themselves and their files (RFC 7578 §4.2), as clients write it.

#include <optional>
#include <string>
#include <string_view>

namespace mediadock {

/// The name of the file in a part with this `Content-Disposition`: the last segment, for some
/// clients send a whole path. Returns nullopt if it has neither `filename` nor `filename*`.
///
/// `filename*` (RFC 8187; in UTF-8 or ISO-8859-1), which forms should not have and some programs
/// send, holds where it says a name. `filename` is taken as it is, but for three spellings:
/// - `%22` and `\"`, which browsers and curl write for a quote;
/// - encoded words (RFC 2047) and nothing else (.NET);
/// - percent-encoding of all that is not unreserved (aiohttp), where it encodes more than ASCII:
///   else it may as well be the name of a file.
/// \throws ProblemException 400 where `filename*` is not well-formed and there is no `filename`.
std::optional<std::string> formFileName(std::string_view disposition);

/// `text` with the quotes that browsers write as `%22`.
std::string withQuotes(std::string text);

/// What follows the last slash of either kind.
std::string_view lastSegment(std::string_view path) noexcept;

}  // namespace mediadock
