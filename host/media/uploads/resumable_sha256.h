#pragma once

/// \file
/// A SHA-256 that can be gone on with in another process.

#include <openssl/sha.h>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mediadock {

/// OpenSSL's own engine, of which Poco's hides the state.
class ResumableSha256 {
 public:
  ResumableSha256();

  void update(std::span<const std::byte> bytes);

  /// Lower-case hex of the digest of all bytes so far; more may follow.
  std::string hex() const;

  /// What `restore` goes on from, as text. It holds up to 63 of the bytes.
  std::string state() const;

  /// Nothing for a text that is no state.
  static std::optional<ResumableSha256> restore(std::string_view state);

 private:
  SHA256_CTX context_;
};

}  // namespace mediadock
