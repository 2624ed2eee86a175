#include "cache/blob_index.h"

namespace mediadock::cache {

std::uint64_t BlobIndex::roomFor(std::uint64_t length) noexcept {
  constexpr std::uint64_t kBlock = 4096;
  return (length / kBlock + (length % kBlock == 0 ? 0 : 1)) * kBlock;
}

void BlobIndex::add(const std::string& name, std::uint64_t length,
                    std::optional<FileStamp> checked) {
  remove(name);
  blobs_.push_back({name, roomFor(length), checked});
  byName_[name] = std::prev(blobs_.end());
  room_ += blobs_.back().room;
}

void BlobIndex::remove(const std::string& name) {
  if (const auto found = byName_.find(name); found != byName_.end()) {
    room_ -= found->second->room;
    blobs_.erase(found->second);
    byName_.erase(found);
  }
}

void BlobIndex::use(const std::string& name) {
  if (const auto found = byName_.find(name); found != byName_.end()) {
    blobs_.splice(blobs_.end(), blobs_, found->second);
  }
}

bool BlobIndex::isChecked(const std::string& name, const FileStamp& stamp) const {
  const auto found = byName_.find(name);
  return found != byName_.end() && found->second->checked == stamp;
}

void BlobIndex::setChecked(const std::string& name, const FileStamp& stamp) {
  if (const auto found = byName_.find(name); found != byName_.end()) {
    found->second->checked = stamp;
  }
}

std::optional<std::string> BlobIndex::takeOldest() {
  if (blobs_.empty()) {
    return std::nullopt;
  }
  std::string name = blobs_.front().name;
  remove(name);
  return name;
}

void BlobIndex::clear() {
  blobs_.clear();
  byName_.clear();
  room_ = 0;
}

}  // namespace mediadock::cache
