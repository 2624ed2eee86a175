#include "http/listings/cursor.h"

#include "http/syntax/digest.h"
#include "http/syntax/problem_exception.h"

#include <cstddef>

namespace mediadock::http {
namespace {

/// 128 bits of the HMAC-SHA256 cannot be guessed.
constexpr std::size_t kSignatureSize = 16;

}  // namespace

CursorSigner::CursorSigner() : CursorSigner(randomKey()) {}

CursorSigner::CursorSigner(std::string_view key) : key_(key) {}

std::string CursorSigner::seal(std::string_view scope, std::string_view position) const {
  return encodeBase64(sign(scope, position) + std::string(position), Base64Alphabet::Url);
}

std::string CursorSigner::open(std::string_view scope, std::string_view cursor) const {
  const auto sealed = decodeBase64(cursor, Base64Alphabet::Url);
  if (sealed && sealed->size() >= kSignatureSize) {
    const std::string position = sealed->substr(kSignatureSize);
    const std::string expected = sign(scope, position);
    if (isSameSecret(expected, sealed->substr(0, kSignatureSize))) {
      return position;
    }
  }
  throw ProblemException(400, "the cursor is not one of this listing");
}

std::string CursorSigner::sign(std::string_view scope, std::string_view position) const {
  // The length makes the boundary between scope and position unambiguous.
  return key_.sign({std::to_string(scope.size()), ":", scope, position}).substr(0, kSignatureSize);
}

}  // namespace mediadock::http
