#pragma once

/// \file
/// Server-side secrets: HMAC signing, constant-time comparison, random keys.

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

struct evp_mac_ctx_st;

namespace mediadock::http {

/// Signs with HMAC-SHA256. The part that depends only on the key is precomputed (RFC 2104 §4),
/// since a listing has two signed URLs per entry. Immutable, so thread-safe.
class HmacKey {
 public:
  explicit HmacKey(std::string_view key);

  /// The HMAC (32 bytes) of the concatenated pieces.
  std::string sign(std::initializer_list<std::string_view> pieces) const;

 private:
  /// The context after the key was absorbed; duplicated for each signature.
  std::shared_ptr<const evp_mac_ctx_st> keyed_;
};

/// Whether two secrets, or values derived from them, are equal. The time does not depend on where
/// they differ.
bool isSameSecret(std::string_view a, std::string_view b) noexcept;

/// 32 bytes from the system's cryptographic random generator.
/// \throws std::runtime_error if the system provides none.
std::string randomKey();

}  // namespace mediadock::http
