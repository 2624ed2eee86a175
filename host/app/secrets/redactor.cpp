#include "app/secrets/redactor.h"

#include <Poco/Base64Encoder.h>
#include <Poco/JSONString.h>

#include <algorithm>
#include <cctype>
#include <sstream>

namespace mediadock::app {
namespace {

constexpr std::string_view kReplacement = "[redacted]";
/// Shorter ones occur in other words by chance.
constexpr std::size_t kLeastWithinWords = 8;

std::string toBase64(std::string_view text, int options) {
  std::ostringstream encoded;
  Poco::Base64Encoder encoder(encoded, options);
  encoder.rdbuf()->setLineLength(0);
  encoder << text;
  encoder.close();
  return encoded.str();
}

bool isUnreserved(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
         std::string_view("-._~").find(c) != std::string_view::npos;
}

std::string percentEncode(std::string_view text, std::string_view hexDigits) {
  std::string encoded;
  for (const char c : text) {
    if (isUnreserved(c)) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += hexDigits[byte >> 4U];
    encoded += hexDigits[byte & 0xFU];
  }
  return encoded;
}

bool isWordCharacter(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || c == '_' || byte >= 0x80;
}

bool isToHide(const std::string& text, std::size_t position, std::size_t size) {
  if (size >= kLeastWithinWords) {
    return true;
  }
  const std::size_t end = position + size;
  return (position == 0 || !isWordCharacter(text[position - 1])) &&
         (end == text.size() || !isWordCharacter(text[end]));
}

std::string unquoted(const std::string& json) {
  return json.substr(1, json.size() - 2);
}

}  // namespace

void Redactor::addSecret(std::string_view secret) {
  if (secret.empty()) {
    return;
  }
  addForm(std::string(secret));
  addForm(percentEncode(secret, "0123456789ABCDEF"));
  addForm(percentEncode(secret, "0123456789abcdef"));
  addForm(unquoted(Poco::toJSON(std::string(secret))));
  addForm(toBase64(secret, 0));
  addForm(toBase64(secret, Poco::BASE64_URL_ENCODING | Poco::BASE64_NO_PADDING));
}

void Redactor::addCredentials(std::string_view user, std::string_view secret) {
  if (!secret.empty()) {
    addForm(toBase64(std::string(user).append(":").append(secret), 0));
  }
}

void Redactor::addUrlPassword(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme == std::string_view::npos) {
    return;
  }
  const std::string_view rest = url.substr(scheme + 3);
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  const auto at = authority.rfind('@');
  const auto colon = authority.find(':');
  if (at != std::string_view::npos && colon < at) {
    addSecret(authority.substr(colon + 1, at - colon - 1));
  }
}

std::string Redactor::redact(std::string text) const {
  for (const std::string& form : forms_) {
    std::size_t position = text.find(form);
    while (position != std::string::npos) {
      if (isToHide(text, position, form.size())) {
        text.replace(position, form.size(), kReplacement);
        position += kReplacement.size();
      } else {
        ++position;
      }
      position = text.find(form, position);
    }
  }
  return text;
}

void Redactor::addForm(std::string form) {
  if (std::find(forms_.begin(), forms_.end(), form) != forms_.end()) {
    return;
  }
  const auto place = std::find_if(forms_.begin(), forms_.end(), [&form](const std::string& other) {
    return other.size() < form.size();
  });
  forms_.insert(place, std::move(form));
}

}  // namespace mediadock::app
