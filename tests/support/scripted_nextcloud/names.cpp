#include "support/scripted_nextcloud/names.h"

#include "support/scripted_nextcloud/dav_error.h"

#include <Poco/Latin1Encoding.h>
#include <Poco/String.h>
#include <Poco/TextConverter.h>
#include <Poco/UTF8Encoding.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <uninorm.h>
#include <unistr.h>

namespace mediadock::scripted {

namespace {

constexpr std::size_t kLongestName = 250;

int hexValue(char digit) {
  if (digit >= '0' && digit <= '9') {
    return digit - '0';
  }
  const char lower = static_cast<char>(digit | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool isBareInHref(unsigned char byte) {
  return (byte < 0x80 && std::isalnum(byte) != 0) ||
         std::string_view("-_.~()@:/").find(static_cast<char>(byte)) != std::string_view::npos;
}

std::string toUtf8(std::string_view bytes) {
  const auto* const data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  if (::u8_check(data, bytes.size()) == nullptr) {
    return std::string(bytes);
  }
  const Poco::Latin1Encoding latin1;
  const Poco::UTF8Encoding utf8;
  std::string converted;
  Poco::TextConverter(latin1, utf8).convert(std::string(bytes), converted);
  return converted;
}

std::string toNfc(const std::string& text) {
  std::size_t length = 0;
  const std::unique_ptr<std::uint8_t, decltype(&std::free)> normal(
      ::u8_normalize(UNINORM_NFC, reinterpret_cast<const std::uint8_t*>(text.data()), text.size(),
                     nullptr, &length),
      &std::free);
  if (!normal) {
    throw std::bad_alloc();
  }
  return {reinterpret_cast<const char*>(normal.get()), length};
}

bool hasControlCharacter(const std::string& name) {
  for (const char byte : name) {
    if (static_cast<unsigned char>(byte) < 0x20) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::optional<std::string> decodePercent(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    const int high = i + 2 < text.size() ? hexValue(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? hexValue(text[i + 2]) : -1;
    if (high < 0 || low < 0) {
      return std::nullopt;
    }
    decoded += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return decoded;
}

std::string encodeHref(std::string_view path) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string encoded;
  for (const char character : path) {
    const auto byte = static_cast<unsigned char>(character);
    if (isBareInHref(byte)) {
      encoded += character;
    } else {
      encoded += '%';
      encoded += kHex[byte >> 4U];
      encoded += kHex[byte & 0xFU];
    }
  }
  return encoded;
}

std::string toTreePath(std::string_view decoded) {
  std::string joined;
  for (std::size_t start = 0; start <= decoded.size();) {
    const std::size_t stop = std::min(decoded.find('/', start), decoded.size());
    if (stop > start) {
      joined += (joined.empty() ? "" : "/") + std::string(decoded.substr(start, stop - start));
    }
    start = stop + 1;
  }
  return joined.empty() ? joined : toNfc(toUtf8(joined));
}

std::string parentOf(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

std::string nameOf(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

bool isWithin(const std::string& path, const std::string& folder) {
  return folder.empty() || path == folder || path.starts_with(folder + "/");
}

void checkName(const std::string& path) {
  const std::string name = nameOf(path);
  if (name == ".") {
    throw conflict("Parent node does not exist");
  }
  if (name == "..") {
    throw DavError(500, "OCP\\Files\\InvalidPathException", "");
  }
  if (name.find('\\') != std::string::npos) {
    throw invalidPath("\"\\\" is not allowed inside a file or folder name.");
  }
  if (hasControlCharacter(name)) {
    throw invalidPath("File name contains at least one invalid character");
  }
  if (name.size() > kLongestName) {
    throw invalidPath("Filename is too long");
  }
  const std::string lower = Poco::toLower(name);
  if (lower == ".htaccess") {
    throw invalidPath("\"" + name + "\" is a reserved word");
  }
  if (lower.ends_with(".part") || lower.ends_with(".filepart")) {
    throw invalidPath("\"" + name + "\" is a forbidden file type.");
  }
}

}  // namespace mediadock::scripted
