#include "storage/boundary/child_check.h"

#include "storage/boundary/answer_checks.h"

#include <algorithm>
#include <functional>
#include <string>
#include <utility>

namespace mediadock::storage {
namespace {

constexpr std::size_t kFirstSlots = 64;

}  // namespace

SeenNames::Answer SeenNames::see(std::string_view name) {
  // The lowest bit is always set, because 0 marks a free slot, and not used for the slot's
  // position.
  const std::uint64_t hash = std::hash<std::string_view>()(name) | 1U;
  if (!isWatched(hash)) {
    return Answer::NotWatched;
  }
  if (!slots_.empty()) {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = (hash >> 1U) & mask; slots_[at] != 0; at = (at + 1) & mask) {
      if (slots_[at] == hash) {
        return Answer::Seen;
      }
    }
  }
  if ((used_ + 1) * 2 > slots_.size()) {
    grow();
    if (!isWatched(hash)) {
      return Answer::NotWatched;
    }
  }
  insert(hash);
  return Answer::New;
}

void SeenNames::grow() {
  const bool isFull = slots_.size() >= kMost * 2;
  sampleBits_ += isFull ? 1 : 0;
  const auto before =
      std::exchange(slots_, std::vector<std::uint64_t>(
                                isFull ? slots_.size() : std::max(kFirstSlots, slots_.size() * 2)));
  used_ = 0;
  for (const std::uint64_t hash : before) {
    if (hash != 0 && isWatched(hash)) {
      insert(hash);
    }
  }
}

void SeenNames::insert(std::uint64_t hash) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = (hash >> 1U) & mask;
  while (slots_[at] != 0) {
    at = (at + 1) & mask;
  }
  slots_[at] = hash;
  ++used_;
}

/// Uses the upper bits, since the lower ones determine the slot's position.
bool SeenNames::isWatched(std::uint64_t hash) const {
  return sampleBits_ == 0 || hash >> (64U - sampleBits_) == 0;
}

void ChildCheck::check(const PluginCall& call, std::vector<Entry>& entries) {
  auto end = entries.begin();
  for (auto entry = entries.begin(); entry != entries.end(); ++entry) {
    if (!isKept(call, *entry)) {
      continue;
    }
    if (end != entry) {
      *end = std::move(*entry);
    }
    ++end;
  }
  entries.erase(end, entries.end());
}

bool ChildCheck::isKept(const PluginCall& call, Entry& entry) {
  requireChild(call, entry.path);
  checkEntry(call, entry);
  if (++count_ > kMostChildren) {
    throw pluginFault(call, "it tells of more than " + std::to_string(kMostChildren) + " children");
  }
  switch (names_.see(entry.path.name())) {
    case SeenNames::Answer::NotWatched:
      break;
    case SeenNames::Answer::New:
      repeats_ = 0;
      break;
    case SeenNames::Answer::Seen:
      if (++repeats_ > kMostRepeats) {
        throw pluginFault(call, "it tells of the same children again and again");
      }
      return false;
  }
  return true;
}

/// Avoids constructing a path in the usual case, because this runs for each entry.
void ChildCheck::requireChild(const PluginCall& call, const StoragePath& path) const {
  const std::string& text = path.str();
  const std::string& folder = folder_.str();
  const std::size_t name = path.name().size();
  const std::size_t before = folder.empty() ? 0 : folder.size() + 1;
  if (name > 0 && text.size() == before + name && text.starts_with(folder)) {
    return;
  }
  if (name == 0 || !plugin_.mayAnswerFor(call, path.parent(), folder_)) {
    throw pluginFault(call, "it told of '" + text + "', which is not in there");
  }
}

}  // namespace mediadock::storage
