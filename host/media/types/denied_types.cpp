#include "media/types/denied_types.h"

#include "media/types/media_type_name.h"
#include "mediadock/storage_error.h"

#include <algorithm>

namespace mediadock::media {
namespace {

constexpr std::string_view kWholeKind = "/*";

std::string lowerWithoutBlanks(std::string_view text) {
  std::string lower;
  for (const char c : text) {
    if (c != ' ' && c != '\t') {
      lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  return lower;
}

bool isMediaType(std::string_view type) {
  constexpr std::string_view kCharacters = "abcdefghijklmnopqrstuvwxyz0123456789!#$&-^_.+";
  const std::size_t slash = std::min(type.find('/'), type.size());
  const std::string_view kind = type.substr(0, slash);
  const std::string_view subtype =
      slash == type.size() ? type.substr(slash) : type.substr(slash + 1);
  const auto isName = [&](std::string_view name) {
    return !name.empty() && name.find_first_not_of(kCharacters) == std::string_view::npos;
  };
  return isName(kind) && (isName(subtype) || subtype == "*");
}

bool fits(std::string_view pattern, std::string_view type) {
  if (pattern.ends_with(kWholeKind)) {
    return type.starts_with(pattern.substr(0, pattern.size() - 1));
  }
  return canonicalMediaType(pattern) == type;
}

}  // namespace

DeniedTypes::DeniedTypes(std::string_view list) {
  const std::string types = lowerWithoutBlanks(list);
  for (std::size_t begin = 0; begin <= types.size();) {
    const std::size_t end = std::min(types.find(',', begin), types.size());
    const std::string type = types.substr(begin, end - begin);
    begin = end + 1;
    if (type.empty()) {
      continue;
    }
    if (!isMediaType(type)) {
      throw StorageError(StorageErrc::ConfigInvalid,
                         "'" + type + "' is no media type; write text/html, or video/* for a kind");
    }
    types_.push_back(type);
  }
}

bool DeniedTypes::contains(std::string_view type) const {
  if (types_.empty()) {
    return false;
  }
  const std::string name = canonicalMediaType(type);
  return std::any_of(types_.begin(), types_.end(),
                     [&](const std::string& denied) { return fits(denied, name); });
}

}  // namespace mediadock::media
