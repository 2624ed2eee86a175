#pragma once

/// \file
/// The key that signatures of tokens are verified with (RFC 7518).

#include <openssl/types.h>

#include <memory>
#include <string>
#include <string_view>

namespace mediadock {

/// Verifies by the algorithms of its own kind only: whoever makes a token cannot choose how it is
/// judged. Immutable; safe to share between threads.
class JwtKey {
 public:
  /// For HS256, HS384 and HS512.
  /// \throws StorageError `ConfigInvalid` for less than 32 bytes.
  static JwtKey fromSecret(std::string secret);

  /// For RS256 or ES256, by what the key is.
  /// \throws StorageError `ConfigInvalid` for what is no PEM text of a public key, RSA of at least
  ///   2048 bits or EC on the curve P-256.
  static JwtKey fromPublicKey(const std::string& pem);

  /// Whether `signature` was made over `text`. Always false for an algorithm of another kind.
  bool verifies(std::string_view algorithm, std::string_view text,
                std::string_view signature) const;

 private:
  JwtKey() = default;

  /// One of the two.
  std::string secret_;
  std::shared_ptr<EVP_PKEY> publicKey_;
};

}  // namespace mediadock
