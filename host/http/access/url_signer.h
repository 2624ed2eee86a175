#pragma once

/// \file
/// Signatures that let a URL be used without credentials, such as by `<img src>`.

#include "http/access/secret.h"
#include "mediadock/storage_path.h"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock {

/// What a signed URL gives, and nothing beside it.
struct SignedTarget {
  /// What may be done, of characters other than a line's end: the bytes of the file, say.
  std::string_view purpose;
  StoragePath path;
  /// Of the file when the URL was made.
  std::string version;
};

/// Makes and verifies `KEY.EXPIRY.MAC`: which key was used, until when it holds (seconds since
/// 1970), and an HMAC over the target and the expiry. Immutable; safe to share between threads.
class UrlSigner {
 public:
  /// A signature holds for one period at least and two at most.
  static constexpr std::chrono::hours kPeriod{6};

  /// The first key signs, all verify. None: a random one, good as long as the process.
  explicit UrlSigner(const std::vector<std::string>& keys);

  /// The same text within a period, so that browsers find in their cache what they have.
  std::string sign(const SignedTarget& target, std::chrono::sys_seconds now) const;

  bool holds(std::string_view signature, const SignedTarget& target,
             std::chrono::sys_seconds now) const;

 private:
  struct Key {
    /// Tells keys apart, and nothing about them.
    std::string id;
    HmacKey secret;
  };

  static Key makeKey(const std::string& secret);

  std::vector<Key> keys_;
};

}  // namespace mediadock
