#pragma once

/// \file
/// Keeps secrets out of what the host says.

#include <string>
#include <string_view>
#include <vector>

namespace mediadock {

/// Replaces known secrets in texts, in each form in which they may turn up: plain, percent-encoded,
/// as in JSON, and in Base64, alone and as Basic credentials. Of fewer than eight bytes, only where
/// it is a word of its own: `p` stays in `plugin`.
///
/// Filled first, shared then: `redact` may run concurrently.
class Redactor final {
 public:
  void addSecret(std::string_view secret);

  /// The Base64 of `user:secret`.
  void addCredentials(std::string_view user, std::string_view secret);

  /// The password of a URL such as `https://user:password@host/`; nothing where it has none.
  void addUrlPassword(std::string_view url);

  /// Returns `text` with `[redacted]` in place of each secret.
  std::string redact(std::string text) const;

 private:
  void addForm(std::string form);

  /// Longest first, so that a secret within another leaves no rest of the longer one.
  std::vector<std::string> forms_;
};

}  // namespace mediadock
