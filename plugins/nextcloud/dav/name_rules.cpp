#include "dav/name_rules.h"

#include "dav/unicode_form.h"
#include "mediadock/storage_error.h"

#include <Poco/String.h>

#include <algorithm>

namespace mediadock::nextcloud {
namespace {

/// Percent-encoded, with three bytes each, such a path still fits into the 8 KiB that Apache and
/// nginx allow for a request line.
constexpr std::size_t kMaxPathBytes = 2400;

[[noreturn]] void refuse(const StoragePath& path, const std::string& why) {
  throw StorageError({.code = StorageErrc::InvalidPath, .message = why, .path = path.str()});
}

bool equalsIgnoringCase(std::string_view text, const std::string& word) {
  return Poco::icompare(std::string(text), word) == 0;
}

template <typename Fits>
void refuseFirst(const StoragePath& path, const std::vector<std::string>& words,
                 const std::string& kind, Fits fits) {
  const auto word = std::find_if(words.begin(), words.end(), fits);
  if (word != words.end()) {
    refuse(path, "the storage forbids " + kind + "'" + *word + "'");
  }
}

std::size_t pathLimit(const StoragePath& basePath) {
  return kMaxPathBytes - std::min(basePath.str().size(), kMaxPathBytes - 1);
}

}  // namespace

bool isTemporary(const StoragePath& path) {
  const std::string& text = path.str();
  return text.starts_with(kTemporaryPrefix) ||
         text.find('/' + std::string(kTemporaryPrefix)) != std::string::npos;
}

StoragePath NameRules::normalised(const StoragePath& path) const {
  return keepsNfc ? toNfc(path) : path;
}

bool NameRules::hides(const StoragePath& path) const {
  return isTemporary(path) || (!hiddenExtension.empty() && path.name().ends_with(hiddenExtension));
}

void NameRules::check(const StoragePath& path) const {
  if (path.isRoot()) {
    refuse(path, "the root cannot be written, removed or moved");
  }
  if (path.str().size() > maxPathBytes) {
    refuse(path, "the path is longer than " + std::to_string(maxPathBytes) + " bytes");
  }
  if (isTemporary(path)) {
    refuse(path, "names that begin with '" + std::string(kTemporaryPrefix) + "' are reserved");
  }
  for (const auto segment : path.segments()) {
    checkName(segment, path);
  }
}

void NameRules::checkName(std::string_view name, const StoragePath& path) const {
  if (name.size() > maxNameBytes) {
    refuse(path, "a name is longer than " + std::to_string(maxNameBytes) + " bytes");
  }
  if (name.find_first_of(forbiddenCharacters) != std::string_view::npos) {
    refuse(path, "the storage forbids these characters: " + forbiddenCharacters);
  }
  refuseFirst(path, forbiddenNames, "the name ",
              [&](const auto& word) { return equalsIgnoringCase(name, word); });
  refuseFirst(path, forbiddenBasenames, "names that are, up to a dot, ", [&](const auto& word) {
    return equalsIgnoringCase(name.substr(0, name.find('.', 1)), word);
  });
  refuseFirst(path, forbiddenPrefixes, "names that begin with ", [&](const auto& word) {
    return equalsIgnoringCase(name.substr(0, word.size()), word);
  });
  refuseFirst(path, forbiddenExtensions, "names that end in ", [&](const auto& word) {
    return name.size() >= word.size() &&
           equalsIgnoringCase(name.substr(name.size() - word.size()), word);
  });
}

void NameRules::describe(Capabilities& capabilities) const {
  capabilities.maxNameBytes = maxNameBytes;
  capabilities.maxPathBytes = maxPathBytes;
  capabilities.forbiddenCharacters = forbiddenCharacters;
  capabilities.forbiddenNames = forbiddenNames;
  capabilities.forbiddenBasenames = forbiddenBasenames;
  capabilities.forbiddenPrefixes = forbiddenPrefixes;
  capabilities.forbiddenExtensions = forbiddenExtensions;
}

NameRules nextcloudNameRules(const StoragePath& basePath) {
  return {.maxNameBytes = 250,
          .maxPathBytes = pathLimit(basePath),
          .forbiddenCharacters = "\\",
          .forbiddenNames = {".htaccess"},
          .forbiddenExtensions = {".part", ".filepart"},
          .hiddenExtension = ".part",
          .keepsNfc = true};
}

NameRules plainNameRules(const StoragePath& basePath) {
  return {.maxPathBytes = pathLimit(basePath)};
}

}  // namespace mediadock::nextcloud
