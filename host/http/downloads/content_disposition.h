#pragma once

/// \file
/// `Content-Disposition` (RFC 6266, RFC 8187), and the policy that keeps stored content from
/// running scripts.

#include <string>
#include <string_view>

namespace mediadock::http {

enum class Disposition { Inline, Attachment };

/// The header's value, with an ASCII form of `filename` for old clients and the exact name as
/// `filename*`. In the ASCII form `_` replaces other characters and `%`, which some browsers would
/// decode; bidirectional marks, which can disguise a file extension, are removed.
std::string contentDisposition(Disposition disposition, std::string_view filename);

/// A stored file may not load other resources, run scripts or embed frames.
inline constexpr std::string_view kStoredContentPolicy =
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src 'self'";

}  // namespace mediadock::http
