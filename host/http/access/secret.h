#pragma once

/// \file
/// Keys that only the server has, and what is signed with them.

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

struct evp_mac_ctx_st;

namespace mediadock {

/// Signs by HMAC-SHA256 with one key, whose own share of the work (RFC 2104 §4) is done beforehand:
/// a listing has two signed URLs an entry. Immutable; safe to share between threads.
class HmacKey {
 public:
  explicit HmacKey(std::string_view key);

  /// The 32 bytes of the HMAC of the pieces, one behind the other.
  std::string sign(std::initializer_list<std::string_view> pieces) const;

 private:
  /// What every signature begins with.
  std::shared_ptr<const evp_mac_ctx_st> keyed_;
};

/// Whether two secrets, or what was made of them, are equal. Takes a time that does not tell where
/// they differ.
bool isSameSecret(std::string_view a, std::string_view b) noexcept;

/// 32 bytes that nobody can guess.
/// \throws std::runtime_error where the system has none.
std::string randomKey();

}  // namespace mediadock
