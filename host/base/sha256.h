#pragma once

/// \file
/// SHA-256, whose intermediate state can be saved and restored, also in another process.

#include <openssl/sha.h>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mediadock::base {

/// Uses OpenSSL's SHA256_CTX, because its other interfaces, and Poco's engine, hide the state. Not
/// thread-safe.
class Sha256 {
 public:
  /// Of a digest.
  static constexpr std::size_t kBytes = SHA256_DIGEST_LENGTH;

  Sha256();

  void update(std::span<const std::byte> bytes);

  /// Lower-case hex of the digest of all bytes so far; more may follow.
  std::string hex() const;

  /// The state as text, for `restore`. It contains up to 63 bytes of the input.
  std::string state() const;

  /// Returns nullopt if the text is not a valid state.
  static std::optional<Sha256> restore(std::string_view state);

 private:
  SHA256_CTX context_;
};

}  // namespace mediadock::base
