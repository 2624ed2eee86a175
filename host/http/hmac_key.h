#pragma once

/// \file
/// Many signatures with one key.

#include <openssl/sha.h>

#include <initializer_list>
#include <string>
#include <string_view>

namespace mediadock {

/// As `hmacSha256` with one key, whose own share of the work (RFC 2104 §4) is done beforehand: a
/// listing has two signed URLs an entry. Immutable; safe to share between threads.
class HmacKey {
 public:
  explicit HmacKey(std::string_view key);

  /// The HMAC-SHA256 of the pieces, one behind the other.
  std::string sign(std::initializer_list<std::string_view> pieces) const;

 private:
  /// Each behind its first block, which is made of the key.
  SHA256_CTX inner_;
  SHA256_CTX outer_;
};

}  // namespace mediadock
