#include "media/media_type.h"

#include <algorithm>
#include <array>
#include <string>

namespace mediadock {
namespace {

struct Extension {
  std::string_view name;
  std::string_view mimeType;
};

#define MEDIADOCK_OOXML_ "application/vnd.openxmlformats-officedocument."
#define MEDIADOCK_ODF_ "application/vnd.oasis.opendocument."

/// Sorted by name.
constexpr auto kExtensions = std::to_array<Extension>({
    {"3gp", "video/3gpp"},
    {"7z", "application/x-7z-compressed"},
    {"aac", "audio/aac"},
    {"apk", "application/vnd.android.package-archive"},
    {"avi", "video/x-msvideo"},
    {"avif", "image/avif"},
    {"bat", "application/x-bat"},
    {"bmp", "image/bmp"},
    {"cmd", "application/x-bat"},
    {"csv", "text/csv"},
    {"dll", "application/x-msdownload"},
    {"doc", "application/msword"},
    {"docx", MEDIADOCK_OOXML_ "wordprocessingml.document"},
    {"eml", "message/rfc822"},
    {"exe", "application/x-msdownload"},
    {"flac", "audio/flac"},
    {"gif", "image/gif"},
    {"gz", "application/gzip"},
    {"heic", "image/heic"},
    {"heif", "image/heif"},
    {"htm", "text/html"},
    {"html", "text/html"},
    {"ico", "image/vnd.microsoft.icon"},
    {"jar", "application/java-archive"},
    {"jpeg", "image/jpeg"},
    {"jpg", "image/jpeg"},
    {"js", "text/javascript"},
    {"json", "application/json"},
    {"m4a", "audio/mp4"},
    {"m4v", "video/mp4"},
    {"md", "text/markdown"},
    {"mjs", "text/javascript"},
    {"mkv", "video/x-matroska"},
    {"mov", "video/quicktime"},
    {"mp3", "audio/mpeg"},
    {"mp4", "video/mp4"},
    {"mpeg", "video/mpeg"},
    {"mpg", "video/mpeg"},
    {"msi", "application/x-msi"},
    {"odp", MEDIADOCK_ODF_ "presentation"},
    {"ods", MEDIADOCK_ODF_ "spreadsheet"},
    {"odt", MEDIADOCK_ODF_ "text"},
    {"ogg", "audio/ogg"},
    {"ogv", "video/ogg"},
    {"opus", "audio/ogg"},
    {"pdf", "application/pdf"},
    {"php", "application/x-httpd-php"},
    {"png", "image/png"},
    {"ppt", "application/vnd.ms-powerpoint"},
    {"pptx", MEDIADOCK_OOXML_ "presentationml.presentation"},
    {"ps1", "application/x-powershell"},
    {"rar", "application/x-rar"},
    {"rtf", "application/rtf"},
    {"scr", "application/x-msdownload"},
    {"sh", "application/x-sh"},
    {"shtml", "text/html"},
    {"svg", "image/svg+xml"},
    {"svgz", "image/svg+xml"},
    {"tar", "application/x-tar"},
    {"tif", "image/tiff"},
    {"tiff", "image/tiff"},
    {"txt", "text/plain"},
    {"wav", "audio/wav"},
    {"webm", "video/webm"},
    {"webp", "image/webp"},
    {"xht", "application/xhtml+xml"},
    {"xhtml", "application/xhtml+xml"},
    {"xls", "application/vnd.ms-excel"},
    {"xlsx", MEDIADOCK_OOXML_ "spreadsheetml.sheet"},
    {"xml", "application/xml"},
    {"zip", "application/zip"},
});

/// Documents whose media type does not say so by its first half.
constexpr std::array<std::string_view, 6> kDocuments{"application/pdf",
                                                     "application/msword",
                                                     "application/vnd.ms-excel",
                                                     "application/rtf",
                                                     "application/vnd.ms-powerpoint",
                                                     "message/rfc822"};

constexpr bool isBefore(const Extension& left, const Extension& right) {
  return left.name < right.name;
}

static_assert(std::is_sorted(kExtensions.begin(), kExtensions.end(), isBefore));

std::string toLowerAscii(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return lower;
}

}  // namespace

std::string_view mimeTypeOf(std::string_view name) {
  const auto dot = name.rfind('.');
  if (dot != std::string_view::npos) {
    const auto extension = toLowerAscii(name.substr(dot + 1));
    const auto* const found = std::lower_bound(kExtensions.begin(), kExtensions.end(),
                                               Extension{extension, {}}, isBefore);
    if (found != kExtensions.end() && found->name == extension) {
      return found->mimeType;
    }
  }
  return "application/octet-stream";
}

MediaType mediaTypeOf(std::string_view mimeType) {
  const auto type = toLowerAscii(mimeType.substr(0, mimeType.find(';')));
  if (type.starts_with("image/")) {
    return MediaType::Photo;
  }
  if (type.starts_with("video/")) {
    return MediaType::Video;
  }
  if (type.starts_with("audio/")) {
    return MediaType::Audio;
  }
  const bool isDocument = type.starts_with("text/") || type.starts_with(MEDIADOCK_OOXML_) ||
                          type.starts_with(MEDIADOCK_ODF_) ||
                          std::find(kDocuments.begin(), kDocuments.end(), type) != kDocuments.end();
  return isDocument ? MediaType::Document : MediaType::Other;
}

}  // namespace mediadock
