#pragma once

/// \file
/// The headers that say a digest of the content (RFC 9530).

#include <optional>
#include <string>
#include <string_view>

namespace mediadock {

/// The SHA-256 that a `Content-Digest` names, as lower-case hex; nothing where it names other
/// algorithms only.
/// \throws ProblemException 400 where its `sha-256` is not well-formed.
std::optional<std::string> contentDigestSha256(std::string_view header);

/// The value of a `Repr-Digest`, `sha-256=:...:`, for a SHA-256 in hex; empty where `hex` is none.
std::string reprDigest(std::string_view hex);

}  // namespace mediadock
