#include "http/access/url_signer.h"

#include "http/access/secret.h"
#include "http/syntax/digest.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

namespace mediadock::http {
namespace {

constexpr std::size_t kIdBytes = 6;
/// 128 bits of the HMAC-SHA256 cannot be guessed.
constexpr std::size_t kMacBytes = 16;

/// Fields are separated by line breaks, which only the last may contain.
std::string macOf(const HmacKey& secret, const SignedTarget& target, std::string_view expiry) {
  const auto mac = secret.sign(
      {"url\n", target.purpose, "\n", expiry, "\n", target.path.str(), "\n", target.version});
  return encodeBase64(std::string_view(mac).substr(0, kMacBytes), Base64Alphabet::Url);
}

std::optional<std::int64_t> parseExpiry(std::string_view text) {
  std::int64_t seconds = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, seconds);
  return error == std::errc() && stop == end ? std::optional(seconds) : std::nullopt;
}

}  // namespace

UrlSigner::UrlSigner(const std::vector<std::string>& keys) {
  for (const std::string& key : keys) {
    keys_.push_back(makeKey(key));
  }
  if (keys_.empty()) {
    keys_.push_back(makeKey(randomKey()));
  }
}

UrlSigner::Key UrlSigner::makeKey(const std::string& secret) {
  const HmacKey key(secret);
  return {encodeBase64(key.sign({"key id"}).substr(0, kIdBytes), Base64Alphabet::Url), key};
}

std::string UrlSigner::sign(const SignedTarget& target, std::chrono::sys_seconds now) const {
  constexpr std::chrono::seconds kLength = kPeriod;
  const auto elapsed = now.time_since_epoch() / kLength;
  const std::string expiry = std::to_string(((elapsed + 2) * kLength).count());
  const Key& key = keys_.front();
  return key.id + "." + expiry + "." + macOf(key.secret, target, expiry);
}

bool UrlSigner::holds(std::string_view signature, const SignedTarget& target,
                      std::chrono::sys_seconds now) const {
  const std::size_t first = std::min(signature.find('.'), signature.size());
  const std::size_t last = signature.rfind('.');
  if (first >= last || last == std::string_view::npos) {
    return false;
  }
  const std::string_view id = signature.substr(0, first);
  const std::string_view expiry = signature.substr(first + 1, last - first - 1);
  const auto key =
      std::find_if(keys_.begin(), keys_.end(), [&](const Key& known) { return known.id == id; });
  const auto seconds = parseExpiry(expiry);
  return key != keys_.end() && seconds && now.time_since_epoch().count() < *seconds &&
         isSameSecret(macOf(key->secret, target, expiry), signature.substr(last + 1));
}

}  // namespace mediadock::http
