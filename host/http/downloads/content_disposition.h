#pragma once

/// \file
/// How a browser is told to treat a file: `Content-Disposition` (RFC 6266, RFC 8187) and the
/// headers that keep stored content from running as script.

#include <string>
#include <string_view>

namespace mediadock {

enum class Disposition { Inline, Attachment };

/// The header's value, with an ASCII form of `filename` for old clients and the exact one as
/// `filename*`. The ASCII form has `_` for what it cannot say, and no `%`, which some browsers
/// would decode; direction marks, which disguise an ending, are left out of it.
std::string contentDisposition(Disposition disposition, std::string_view filename);

/// Nothing in a stored file may load, run or frame anything.
inline constexpr std::string_view kStoredContentPolicy =
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src 'self'";

}  // namespace mediadock
