#pragma once

/// \file
/// SHA-256 in hex, and Base64 (RFC 4648).

#include <optional>
#include <string>
#include <string_view>

namespace mediadock::http {

/// Lower-case hex of the SHA-256 of `text`.
std::string sha256Hex(std::string_view text);

/// Whether `text` is a SHA-256 in hex, upper or lower case.
bool isSha256Hex(std::string_view text) noexcept;

enum class Base64Alphabet {
  Standard,  ///< With padding.
  Url,       ///< `-` and `_`, without padding.
};

std::string encodeBase64(std::string_view bytes, Base64Alphabet alphabet);

/// Returns nullopt if `text` is not valid Base64 of this alphabet.
std::optional<std::string> decodeBase64(std::string_view text, Base64Alphabet alphabet);

}  // namespace mediadock::http
