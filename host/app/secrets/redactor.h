#pragma once

/// \file
/// Removes secrets from the host's output.

#include <string>
#include <string_view>
#include <vector>

namespace mediadock::app {

/// Replaces known secrets in texts, in every form in which they may appear: plain, percent-encoded,
/// JSON-escaped, and Base64, alone and as Basic credentials. A secret of fewer than eight bytes is
/// replaced only as a whole word: `p` stays in `plugin`.
///
/// Add all secrets before sharing it; then `redact` may run concurrently.
class Redactor final {
 public:
  void addSecret(std::string_view secret);

  /// The Base64 of `user:secret`.
  void addCredentials(std::string_view user, std::string_view secret);

  /// The password of a URL such as `https://user:password@host/`; no-op if it has none.
  void addUrlPassword(std::string_view url);

  /// Returns `text` with `[redacted]` in place of each secret.
  std::string redact(std::string text) const;

 private:
  void addForm(std::string form);

  /// Longest first, so that a secret contained in another leaves no part of the longer one.
  std::vector<std::string> forms_;
};

}  // namespace mediadock::app
