#pragma once

/// \file
/// The digest headers `Content-Digest` and `Repr-Digest` (RFC 9530).

#include <optional>
#include <string>
#include <string_view>

namespace mediadock::http {

/// The SHA-256 in a `Content-Digest`, as lower-case hex; nullopt if it has other algorithms only.
/// \throws ProblemException 400 if its `sha-256` is malformed.
std::optional<std::string> contentDigestSha256(std::string_view header);

/// The value of a `Repr-Digest`, `sha-256=:...:`, for a SHA-256 in hex; empty if `hex` is not one.
std::string reprDigest(std::string_view hex);

}  // namespace mediadock::http
