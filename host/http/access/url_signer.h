#pragma once

/// \file
/// Signs URLs so that they can be used without credentials, as in `<img src>`.

#include "http/access/secret.h"
#include "mediadock/storage_path.h"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock::http {

/// What a signed URL grants access to, and nothing else.
struct SignedTarget {
  /// The operation, such as downloading the file. Must not contain a line break.
  std::string_view purpose;
  StoragePath path;
  /// The version of the file when the URL was signed.
  std::string version;
};

/// Creates and verifies `KEY.EXPIRY.MAC`: the key id, the expiry time (seconds since 1970), and an
/// HMAC over target and expiry. Immutable, so thread-safe.
class UrlSigner {
 public:
  /// A signature is valid for at least one period and at most two.
  static constexpr std::chrono::hours kPeriod{6};

  /// The first key signs, all verify. If there is none, a random key is used for the life of the
  /// process.
  explicit UrlSigner(const std::vector<std::string>& keys);

  /// Returns the same text within a period, so that browsers can use their cache.
  std::string sign(const SignedTarget& target, std::chrono::sys_seconds now) const;

  bool holds(std::string_view signature, const SignedTarget& target,
             std::chrono::sys_seconds now) const;

 private:
  struct Key {
    /// Identifies the key without revealing anything about it.
    std::string id;
    HmacKey secret;
  };

  static Key makeKey(const std::string& secret);

  std::vector<Key> keys_;
};

}  // namespace mediadock::http
