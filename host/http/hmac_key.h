#pragma once

/// \file
/// Many signatures with one key.

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

struct evp_mac_ctx_st;

namespace mediadock {

/// As `hmacSha256` with one key, whose own share of the work (RFC 2104 §4) is done beforehand: a
/// listing has two signed URLs an entry. Immutable; safe to share between threads.
class HmacKey {
 public:
  explicit HmacKey(std::string_view key);

  /// The HMAC-SHA256 of the pieces, one behind the other.
  std::string sign(std::initializer_list<std::string_view> pieces) const;

 private:
  /// What every signature begins with.
  std::shared_ptr<const evp_mac_ctx_st> keyed_;
};

}  // namespace mediadock
