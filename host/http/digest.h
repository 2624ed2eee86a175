#pragma once

/// \file
/// Digests and the encodings they travel in (RFC 9530, RFC 4648).

#include <optional>
#include <string>
#include <string_view>

namespace mediadock {

/// Lower-case hex of the SHA-256 of `text`.
std::string sha256Hex(std::string_view text);

enum class Base64Alphabet {
  Standard,  ///< With padding.
  Url,       ///< `-` and `_`, without padding.
};

std::string encodeBase64Url(std::string_view bytes);

/// Nothing for text that is not of this alphabet.
std::optional<std::string> decodeBase64(std::string_view text, Base64Alphabet alphabet);

/// The SHA-256 that a `Content-Digest` names, as lower-case hex; nothing where it names other
/// algorithms only.
/// \throws ProblemException 400 where its `sha-256` is not well-formed.
std::optional<std::string> contentDigestSha256(std::string_view header);

/// `sha-256=:...:` for a SHA-256 in hex; empty where `hex` is none.
std::string reprDigest(std::string_view hex);

/// Whether `text` is the hex form of a SHA-256, in either case.
bool isSha256Hex(std::string_view text) noexcept;

}  // namespace mediadock
