#include "support/scripted_nextcloud/media_types.h"

#include <Poco/String.h>

#include <map>
#include <set>

namespace mediadock::scripted {

namespace {

const std::map<std::string, std::string>& typesByExtension() {
  static const std::map<std::string, std::string> types = {
      {"bin", "application/x-bin"},
      {"css", "text/css"},
      {"csv", "text/csv"},
      {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
      {"gif", "image/gif"},
      {"gz", "application/gzip"},
      {"heic", "image/heic"},
      {"html", "text/html"},
      {"jpeg", "image/jpeg"},
      {"jpg", "image/jpeg"},
      {"js", "application/javascript"},
      {"json", "application/json"},
      {"md", "text/markdown"},
      {"mkv", "video/x-matroska"},
      {"mov", "video/quicktime"},
      {"mp3", "audio/mpeg"},
      {"mp4", "video/mp4"},
      {"pdf", "application/pdf"},
      {"php", "application/x-php"},
      {"png", "image/png"},
      {"svg", "image/svg+xml"},
      {"tiff", "image/tiff"},
      {"txt", "text/plain"},
      {"webp", "image/webp"},
      {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
      {"xml", "application/xml"},
      {"yaml", "application/yaml"},
      {"zip", "application/zip"},
  };
  return types;
}

}  // namespace

std::string listedType(const std::string& name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string::npos) {
    return "application/octet-stream";
  }
  const auto found = typesByExtension().find(Poco::toLower(name.substr(dot + 1)));
  return found == typesByExtension().end() ? "application/octet-stream" : found->second;
}

std::string servedType(const std::string& name) {
  static const std::set<std::string> kRunnable = {"image/svg+xml",    "text/html",
                                                  "application/json", "application/javascript",
                                                  "application/xml",  "application/yaml"};
  const std::string type = listedType(name);
  if (kRunnable.contains(type)) {
    return "text/plain;charset=UTF-8";
  }
  if (type == "application/x-php") {
    return "text/x-php;charset=UTF-8";
  }
  return type.starts_with("text/") ? type + ";charset=UTF-8" : type;
}

bool hasPreview(const std::string& name) {
  static const std::set<std::string> kPictured = {"image/gif",  "image/jpeg", "image/png",
                                                  "image/webp", "text/plain", "text/markdown"};
  return kPictured.contains(listedType(name));
}

}  // namespace mediadock::scripted
