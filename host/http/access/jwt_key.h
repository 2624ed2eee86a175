#pragma once

/// \file
/// The key that verifies token signatures (RFC 7518).

#include <openssl/types.h>

#include <memory>
#include <string>
#include <string_view>

namespace mediadock::http {

/// Accepts only the algorithms of its own kind, so that a token cannot choose how it is verified.
/// Immutable, so thread-safe.
class JwtKey {
 public:
  /// For HS256, HS384 and HS512.
  /// \throws StorageError `ConfigInvalid` for less than 32 bytes.
  static JwtKey fromSecret(std::string secret);

  /// For RS256 or ES256, depending on the key type.
  /// \throws StorageError `ConfigInvalid` unless `pem` is a public key: RSA of at least 2048 bits
  ///   or EC on curve P-256.
  static JwtKey fromPublicKey(const std::string& pem);

  /// Whether `signature` is valid for `text`. Always false for an algorithm of another kind.
  bool verifies(std::string_view algorithm, std::string_view text,
                std::string_view signature) const;

 private:
  JwtKey() = default;

  /// Exactly one of the two is set.
  std::string secret_;
  std::shared_ptr<EVP_PKEY> publicKey_;
};

}  // namespace mediadock::http
