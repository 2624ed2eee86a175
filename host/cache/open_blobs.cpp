#include "cache/open_blobs.h"

#include <utility>

namespace mediadock::cache {

std::optional<StampedBlob> OpenBlobs::find(const std::string& name, std::string_view key) const {
  const auto found = blobs_.find(name);
  return found == blobs_.end() || found->second.key != key ? std::nullopt
                                                           : std::optional(found->second.blob);
}

void OpenBlobs::keep(const std::string& name, std::string_view key, StampedBlob blob) {
  if (blobs_.size() >= kMost) {
    blobs_.clear();
  }
  blobs_.insert_or_assign(name, OpenBlob{std::string(key), std::move(blob)});
}

}  // namespace mediadock::cache
