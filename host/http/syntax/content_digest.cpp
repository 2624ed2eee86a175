#include "http/syntax/content_digest.h"

#include "base/text.h"
#include "http/syntax/digest.h"
#include "http/syntax/headers.h"
#include "http/syntax/problem_exception.h"

namespace mediadock::http {

std::optional<std::string> contentDigestSha256(std::string_view header) {
  constexpr std::string_view kName = "sha-256=";
  for (const std::string_view member : listMembers(header)) {
    if (!member.starts_with(kName)) {
      continue;
    }
    const std::string_view value = member.substr(kName.size());
    const bool isByteSequence = value.size() >= 2 && value.front() == ':' && value.back() == ':';
    const auto bytes =
        isByteSequence ? decodeBase64(value.substr(1, value.size() - 2), Base64Alphabet::Standard)
                       : std::nullopt;
    const std::string hex = base::encodeHex(bytes.value_or(""));
    if (!isSha256Hex(hex)) {
      throw ProblemException(400, "Content-Digest is not well-formed: sha-256=:BASE64:");
    }
    return hex;
  }
  return std::nullopt;
}

std::string reprDigest(std::string_view hex) {
  if (!isSha256Hex(hex)) {
    return {};
  }
  return "sha-256=:" +
         encodeBase64(base::decodeHex(base::toLowerAscii(hex)).value(), Base64Alphabet::Standard) +
         ":";
}

}  // namespace mediadock::http
