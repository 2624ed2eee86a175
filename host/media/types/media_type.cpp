#include "media/types/media_type.h"

#include "base/text.h"
#include "media/types/extension_types.h"

#include <algorithm>
#include <array>
#include <string>

namespace mediadock::media {
namespace {

constexpr std::string_view kOoxml = "application/vnd.openxmlformats-officedocument.";
constexpr std::string_view kOdf = "application/vnd.oasis.opendocument.";
constexpr std::string_view kVisio = "application/vnd.ms-visio.";

/// Documents whose media type is not recognisable by its top-level type.
constexpr auto kDocuments = std::to_array<std::string_view>({
    "application/epub+zip",
    "application/msword",
    "application/msword-template",
    "application/oxps",
    "application/pdf",
    "application/postscript",
    "application/rtf",
    "application/vnd.apple.keynote",
    "application/vnd.apple.numbers",
    "application/vnd.apple.pages",
    "application/vnd.ms-excel",
    "application/vnd.ms-excel.sheet.binary.macroenabled.12",
    "application/vnd.ms-excel.sheet.macroenabled.12",
    "application/vnd.ms-excel.template.macroenabled.12",
    "application/vnd.ms-outlook",
    "application/vnd.ms-powerpoint",
    "application/vnd.ms-powerpoint.presentation.macroenabled.12",
    "application/vnd.ms-powerpoint.slideshow.macroenabled.12",
    "application/vnd.ms-powerpoint.template.macroenabled.12",
    "application/vnd.ms-publisher",
    "application/vnd.ms-word.document.macroenabled.12",
    "application/vnd.ms-word.template.macroenabled.12",
    "application/vnd.ms-xpsdocument",
    "application/vnd.visio",
    "message/rfc822",
});

}  // namespace

std::string_view mimeTypeOf(std::string_view name) {
  const auto dot = name.rfind('.');
  if (dot != std::string_view::npos) {
    const auto extension = base::toLowerAscii(name.substr(dot + 1));
    const auto types = extensionTypes();
    const auto found = std::lower_bound(
        types.begin(), types.end(), std::string_view(extension),
        [](const ExtensionType& type, std::string_view wanted) { return type.extension < wanted; });
    if (found != types.end() && found->extension == extension) {
      return found->mimeType;
    }
  }
  return "application/octet-stream";
}

records::MediaType mediaTypeOf(std::string_view mimeType) {
  const auto type = base::toLowerAscii(mimeType.substr(0, mimeType.find(';')));
  if (type.starts_with("image/")) {
    return records::MediaType::Photo;
  }
  if (type.starts_with("video/")) {
    return records::MediaType::Video;
  }
  if (type.starts_with("audio/")) {
    return records::MediaType::Audio;
  }
  const bool isDocument = type.starts_with("text/") || type.starts_with(kOoxml) ||
                          type.starts_with(kOdf) || type.starts_with(kVisio) ||
                          std::find(kDocuments.begin(), kDocuments.end(), type) != kDocuments.end();
  return isDocument ? records::MediaType::Document : records::MediaType::Other;
}

}  // namespace mediadock::media
