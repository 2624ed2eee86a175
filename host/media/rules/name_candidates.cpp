#include "media/rules/name_candidates.h"

#include <algorithm>
#include <unordered_set>
#include <utility>
#include <vector>

namespace mediadock::media {
namespace {

/// A longer one is not an extension but the rest of a sentence: "Offer No. 5".
constexpr std::size_t kMaxExtensionBytes = 16;

bool isAlphanumeric(char c) noexcept {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// Offset of the last extension of `name`, including its dot; the end if there is none.
std::size_t extensionStart(std::string_view name) noexcept {
  const auto dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) {
    return name.size();
  }
  const auto extension = name.substr(dot + 1);
  const bool isExtension = !extension.empty() && extension.size() <= kMaxExtensionBytes &&
                           std::all_of(extension.begin(), extension.end(), isAlphanumeric);
  return isExtension ? dot : name.size();
}

/// As `extensionStart`, but treats `.tar.gz` and the like as one extension.
std::size_t wholeExtensionStart(std::string_view name) noexcept {
  const auto start = extensionStart(name);
  const auto rest = name.substr(0, start);
  constexpr std::string_view kTar = ".tar";
  const bool isTar = start < name.size() && rest.ends_with(kTar) && rest.size() > kTar.size();
  return isTar ? start - kTar.size() : start;
}

std::string_view cutTo(std::string_view text, std::size_t maxBytes) noexcept {
  if (text.size() <= maxBytes) {
    return text;
  }
  auto end = maxBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80) {
    --end;
  }
  return text.substr(0, end);
}

std::unordered_set<std::string> namesIn(IStorageProvider& provider, const StoragePath& folder,
                                        const CallContext& context) {
  std::unordered_set<std::string> names;
  std::vector<Entry> entries;
  const auto listing = provider.openList(folder, context);
  for (bool hasMore = true; hasMore;) {
    hasMore = listing->next(entries, context.deadline);
    for (const auto& entry : entries) {
      names.emplace(entry.path.name());
    }
  }
  return names;
}

}  // namespace

std::string numberedName(std::string_view name, std::size_t number, std::size_t maxBytes) {
  const auto start = wholeExtensionStart(name);
  std::string ending = " (" + std::to_string(number) + ")";
  ending += name.substr(start);
  const auto room = maxBytes > ending.size() ? maxBytes - ending.size() : 0;
  return std::string(cutTo(name.substr(0, start), room)) + ending;
}

NameCandidates::NameCandidates(std::string name, std::size_t maxBytes)
    : name_(std::move(name)),
      maxBytes_(maxBytes) {}

std::string NameCandidates::current() const {
  return number_ == 1 ? name_ : numberedName(name_, number_, maxBytes_);
}

void NameCandidates::skipTaken(IStorageProvider& provider, const StoragePath& folder,
                               const CallContext& context) {
  if (!provider.stat(folder.child(current()), context)) {
    return;
  }
  const auto taken = namesIn(provider, folder, context);
  while (taken.contains(current())) {
    next();
  }
}

}  // namespace mediadock::media
