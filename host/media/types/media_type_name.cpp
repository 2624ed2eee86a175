#include "media/types/media_type_name.h"

#include <algorithm>
#include <array>

namespace mediadock::media {
namespace {

struct Alias {
  std::string_view alias;
  std::string_view name;
};

constexpr auto kAliases = std::to_array<Alias>({
    {"application/ecmascript", "text/javascript"},
    {"application/javascript", "text/javascript"},
    {"application/php", "application/x-httpd-php"},
    {"application/vnd.rar", "application/x-rar"},
    {"application/vnd.microsoft.portable-executable", "application/x-msdownload"},
    {"application/x-dosexec", "application/x-msdownload"},
    {"application/x-ecmascript", "text/javascript"},
    {"application/x-exe", "application/x-msdownload"},
    {"application/x-gzip", "application/gzip"},
    {"application/x-javascript", "text/javascript"},
    {"application/x-ms-dos-executable", "application/x-msdownload"},
    {"application/x-msdos-program", "application/x-msdownload"},
    {"application/x-php", "application/x-httpd-php"},
    {"application/x-pie-executable", "application/x-executable"},
    {"application/x-rar-compressed", "application/x-rar"},
    {"application/x-sharedlib", "application/x-executable"},
    {"application/x-shellscript", "application/x-sh"},
    {"application/x-zip-compressed", "application/zip"},
    {"application/xml", "text/xml"},
    {"audio/x-wav", "audio/wav"},
    {"image/jpg", "image/jpeg"},
    {"image/x-icon", "image/vnd.microsoft.icon"},
    {"image/x-ms-bmp", "image/bmp"},
    {"text/ecmascript", "text/javascript"},
    {"text/x-javascript", "text/javascript"},
    {"text/x-php", "application/x-httpd-php"},
    {"text/x-shellscript", "application/x-sh"},
});

std::string essenceOf(std::string_view type) {
  constexpr std::string_view kBlanks = " \t";
  type = type.substr(0, type.find(';'));
  type.remove_prefix(std::min(type.find_first_not_of(kBlanks), type.size()));
  type = type.substr(0, type.find_last_not_of(kBlanks) + 1);
  std::string essence(type);
  std::transform(essence.begin(), essence.end(), essence.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return essence;
}

}  // namespace

std::string canonicalMediaType(std::string_view type) {
  std::string essence = essenceOf(type);
  const auto* const found = std::find_if(
      kAliases.begin(), kAliases.end(), [&](const Alias& alias) { return alias.alias == essence; });
  return found == kAliases.end() ? essence : std::string(found->name);
}

}  // namespace mediadock::media
