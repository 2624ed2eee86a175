// The functions that work on an open context are deprecated for one that hides it and cannot be
// copied without being allocated.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "http/hmac_key.h"

#include <algorithm>
#include <array>

namespace mediadock {
namespace {

using Digest = std::array<unsigned char, SHA256_DIGEST_LENGTH>;
using Block = std::array<unsigned char, SHA256_CBLOCK>;

Block blockOf(std::string_view key) {
  Block block{};
  if (key.size() > block.size()) {
    SHA256(reinterpret_cast<const unsigned char*>(key.data()), key.size(), block.data());
  } else {
    std::copy(key.begin(), key.end(), block.begin());
  }
  return block;
}

SHA256_CTX startWith(Block block, unsigned char padding) {
  for (auto& byte : block) {
    byte = static_cast<unsigned char>(byte ^ padding);
  }
  SHA256_CTX context;
  SHA256_Init(&context);
  SHA256_Update(&context, block.data(), block.size());
  return context;
}

}  // namespace

HmacKey::HmacKey(std::string_view key)
    : inner_(startWith(blockOf(key), 0x36)),
      outer_(startWith(blockOf(key), 0x5C)) {}

std::string HmacKey::sign(std::initializer_list<std::string_view> pieces) const {
  Digest digest{};
  auto inner = inner_;
  for (const std::string_view piece : pieces) {
    SHA256_Update(&inner, piece.data(), piece.size());
  }
  SHA256_Final(digest.data(), &inner);
  auto outer = outer_;
  SHA256_Update(&outer, digest.data(), digest.size());
  SHA256_Final(digest.data(), &outer);
  return {digest.begin(), digest.end()};
}

}  // namespace mediadock
