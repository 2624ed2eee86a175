#include "media/types/type_trust.h"

#include "media/types/media_type_name.h"

#include <string>

namespace mediadock::media {
namespace {

constexpr std::string_view kText = "text/plain";
constexpr std::string_view kPdf = "application/pdf";

bool isSvg(std::string_view type) {
  return type.starts_with("image/svg");
}

bool isPicture(std::string_view type) {
  return type.starts_with("image/") && !isSvg(type) && !type.ends_with("+xml");
}

bool isSoundOrFilm(std::string_view type) {
  return type.starts_with("audio/") || type.starts_with("video/");
}

}  // namespace

bool isSafeInline(std::string_view type) {
  const std::string name = canonicalMediaType(type);
  return isPicture(name) || isSoundOrFilm(name) || name == kText || name == kPdf;
}

bool runsInBrowser(std::string_view type) {
  const std::string name = canonicalMediaType(type);
  return name == "text/html" || name == "text/xml" || name == "text/xsl" || isSvg(name) ||
         name.ends_with("+xml") || name.find("javascript") != std::string::npos ||
         name.find("ecmascript") != std::string::npos || name == "text/jscript" ||
         name == "text/livescript";
}

bool excludesScript(std::string_view type) {
  return isSafeInline(type) && canonicalMediaType(type) != kText;
}

bool bytesAgree(std::string_view type, const SniffedType& bytes) {
  const std::string name = canonicalMediaType(type);
  if (bytes.type == SniffedType::kEmpty) {
    return true;
  }
  if (runsInBrowser(bytes.type)) {
    return false;
  }
  if (name == kText) {
    return bytes.isText;
  }
  if (name == kPdf) {
    return bytes.type == kPdf;
  }
  if (isSoundOrFilm(name)) {
    return !bytes.isText && (isSoundOrFilm(bytes.type) || bytes.type == SniffedType::kUnknown ||
                             bytes.type == "application/ogg");
  }
  return isPicture(name) && isPicture(bytes.type);
}

}  // namespace mediadock::media
