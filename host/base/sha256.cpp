// The functions on a transparent context are deprecated in favour of an opaque one.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "base/sha256.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace mediadock::base {
namespace {

constexpr std::size_t kWords = 8;
constexpr std::size_t kBlockBytes = SHA256_CBLOCK;
/// The state words and the length so far, big-endian; the incomplete block follows.
constexpr std::size_t kFixedBytes = kWords * 4 + 8;

void append(std::string& bytes, std::uint64_t number, unsigned width) {
  for (unsigned i = width; i > 0; --i) {
    bytes += static_cast<char>((number >> (8 * (i - 1))) & 0xFFU);
  }
}

std::uint64_t number(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char c : bytes) {
    value = value << 8U | static_cast<unsigned char>(c);
  }
  return value;
}

std::uint64_t lengthOf(const SHA256_CTX& context) {
  return (std::uint64_t{context.Nh} << 32U | context.Nl) / 8;
}

}  // namespace

Sha256::Sha256() {
  SHA256_Init(&context_);
}

void Sha256::update(std::span<const std::byte> bytes) {
  SHA256_Update(&context_, bytes.data(), bytes.size());
}

std::string Sha256::hex() const {
  SHA256_CTX copy = context_;
  std::array<unsigned char, kBytes> digest{};
  SHA256_Final(digest.data(), &copy);
  return encodeHex({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

std::string Sha256::state() const {
  std::string bytes;
  for (const auto word : context_.h) {
    append(bytes, word, 4);
  }
  append(bytes, lengthOf(context_), 8);
  bytes.append(reinterpret_cast<const char*>(context_.data), context_.num);
  return encodeHex(bytes);
}

std::optional<Sha256> Sha256::restore(std::string_view state) {
  const auto bytes = decodeHex(state);
  if (!bytes || bytes->size() < kFixedBytes) {
    return std::nullopt;
  }
  const std::string_view text = *bytes;
  const auto length = number(text.substr(kWords * 4, 8));
  const auto begun = text.substr(kFixedBytes);
  if (begun.size() != length % kBlockBytes) {
    return std::nullopt;
  }
  Sha256 restored;
  auto& context = restored.context_;
  for (std::size_t i = 0; i < kWords; ++i) {
    context.h[i] = static_cast<SHA_LONG>(number(text.substr(i * 4, 4)));
  }
  context.Nl = static_cast<SHA_LONG>(length << 3U);
  context.Nh = static_cast<SHA_LONG>(length >> 29U);
  context.num = static_cast<unsigned>(begun.size());
  std::copy(begun.begin(), begun.end(), reinterpret_cast<char*>(context.data));
  return restored;
}

}  // namespace mediadock::base
