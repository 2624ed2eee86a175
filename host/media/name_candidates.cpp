#include "media/name_candidates.h"

#include "media/conflict_name.h"
#include "mediadock/storage_error.h"

#include <unordered_set>
#include <vector>

namespace mediadock {
namespace {

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

}  // namespace mediadock
