#pragma once

/// \file
/// Signatures with a key that only the server has.

#include <string>
#include <string_view>

namespace mediadock {

/// The 32 bytes of the HMAC-SHA256 (RFC 2104).
std::string hmacSha256(std::string_view key, std::string_view text);

/// Whether two secrets, or what was made of them, are equal. Takes a time that does not tell where
/// they differ.
bool isSameSecret(std::string_view a, std::string_view b) noexcept;

/// 32 bytes that nobody can guess.
/// \throws std::runtime_error where the system has none.
std::string randomKey();

}  // namespace mediadock
