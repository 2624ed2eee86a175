#pragma once

/// \file
/// Tokens as an issuer makes them, and as a forger does.

#include "http/access/secret.h"
#include "http/syntax/digest.h"

#include <chrono>
#include <string>

namespace mediadock {

inline constexpr const char* kTokenSecret = "a secret of 32 bytes, or of more";

/// Of any header and claims, signed by HS256.
inline std::string tokenOf(const std::string& header, const std::string& claims,
                           const std::string& secret = kTokenSecret) {
  const std::string text = http::encodeBase64(header, http::Base64Alphabet::Url) + "." +
                           http::encodeBase64(claims, http::Base64Alphabet::Url);
  return text + "." +
         http::encodeBase64(http::HmacKey(secret).sign({text}), http::Base64Alphabet::Url);
}

/// A token of `claims`, such as `"sub":"anna","scope":"read"`, that holds for an hour from now.
inline std::string freshToken(const std::string& claims) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto expiry = std::chrono::duration_cast<std::chrono::seconds>(now).count() + 3600;
  return tokenOf(R"({"alg":"HS256","typ":"JWT"})",
                 "{" + claims + ",\"exp\":" + std::to_string(expiry) + "}");
}

}  // namespace mediadock
