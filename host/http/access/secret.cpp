#include "http/access/secret.h"

#include "base/random.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <array>
#include <cstddef>
#include <new>
#include <stdexcept>
#include <utility>

namespace mediadock::http {
namespace {

struct FreeContext {
  void operator()(EVP_MAC_CTX* context) const noexcept { EVP_MAC_CTX_free(context); }
};

using Context = std::unique_ptr<EVP_MAC_CTX, FreeContext>;

void require(bool isDone) {
  if (!isDone) {
    throw std::runtime_error("HMAC-SHA256 cannot be computed");
  }
}

Context makeContext() {
  const std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> hmac(
      EVP_MAC_fetch(nullptr, OSSL_MAC_NAME_HMAC, nullptr), EVP_MAC_free);
  require(hmac != nullptr);
  Context context(EVP_MAC_CTX_new(hmac.get()));
  require(context != nullptr);
  return context;
}

}  // namespace

HmacKey::HmacKey(std::string_view key) {
  auto context = makeContext();
  std::string digest = "SHA256";
  const std::array parameters{
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), digest.size()),
      OSSL_PARAM_construct_end()};
  // A null pointer would mean to keep the previous key.
  const auto* const bytes = reinterpret_cast<const unsigned char*>(key.empty() ? "" : key.data());
  require(EVP_MAC_init(context.get(), bytes, key.size(), parameters.data()) == 1);
  keyed_ = std::shared_ptr<const EVP_MAC_CTX>(std::move(context));
}

std::string HmacKey::sign(std::initializer_list<std::string_view> pieces) const {
  const Context context(EVP_MAC_CTX_dup(keyed_.get()));
  if (!context) {
    throw std::bad_alloc();
  }
  for (const std::string_view piece : pieces) {
    require(EVP_MAC_update(context.get(), reinterpret_cast<const unsigned char*>(piece.data()),
                           piece.size()) == 1);
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  std::size_t size = 0;
  require(EVP_MAC_final(context.get(), digest.data(), &size, digest.size()) == 1);
  return {digest.begin(), digest.begin() + static_cast<std::ptrdiff_t>(size)};
}

bool isSameSecret(std::string_view a, std::string_view b) noexcept {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string randomKey() {
  return base::randomBytes(32);
}

}  // namespace mediadock::http
