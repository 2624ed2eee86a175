#include "cache/blob_cache.h"

#include "base/text.h"
#include "cache/blob_folder.h"

#include <exception>
#include <utility>
#include <xxhash.h>

namespace mediadock::cache {
namespace {

constexpr std::uint64_t kLargestShare = 4;
/// Pause between attempts to open an unusable folder.
constexpr std::chrono::seconds kPause{2};

/// Two keys with one name would only replace each other: a blob is held against its whole key.
std::string nameOf(std::string_view key) {
  const auto hash = XXH3_128bits(key.data(), key.size());
  std::string name;
  base::appendHex(name, hash.high64);
  base::appendHex(name, hash.low64);
  return name;
}

}  // namespace

BlobCache::BlobCache(BlobCacheSettings settings, OnProblem onProblem)
    : settings_(std::move(settings)),
      onProblem_(std::move(onProblem)) {
  folder();
}

BlobCache::~BlobCache() = default;

std::optional<CachedBlob> BlobCache::find(std::string_view key) {
  const std::string name = nameOf(key);
  if (auto blob = findOpen(name, key)) {
    return blob;
  }
  const auto in = folder();
  if (!in) {
    return std::nullopt;
  }
  if (const std::lock_guard lock(mutex_); !index_.has(name)) {
    return std::nullopt;
  }
  auto opened = in->open(name);
  if (!opened) {
    drop(*in, name, std::nullopt);
    return std::nullopt;
  }
  const FileStamp stamp = opened->stamp;
  BlobCheck check = BlobCheck::Whole;
  {
    const std::lock_guard lock(mutex_);
    index_.use(name);
    check = index_.isChecked(name, stamp) ? BlobCheck::Head : BlobCheck::Whole;
  }
  auto blob = readBlob(std::move(opened->file), opened->length, key, check);
  if (!blob) {
    drop(*in, name, stamp);
    return std::nullopt;
  }
  const std::lock_guard lock(mutex_);
  if (index_.has(name)) {
    index_.setChecked(name, stamp);
    open_.keep(name, key, {*blob, stamp});
  }
  return blob;
}

/// An already open blob whose file has not been changed, removed or replaced.
std::optional<CachedBlob> BlobCache::findOpen(const std::string& name, std::string_view key) {
  std::unique_lock lock(mutex_);
  auto found = open_.find(name, key);
  if (!found) {
    return std::nullopt;
  }
  index_.use(name);
  lock.unlock();
  if (stampOf(found->blob.descriptor()) == found->stamp) {
    return std::move(found->blob);
  }
  lock.lock();
  open_.letGo(name);
  return std::nullopt;
}

std::unique_ptr<BlobWriter> BlobCache::startWriting(std::string_view key, std::string_view metadata,
                                                    std::uint64_t size) {
  if (size > settings_.maxBytes / kLargestShare) {
    return nullptr;
  }
  const std::uint64_t room = BlobIndex::roomFor(blobFileLength(key, metadata, size));
  const auto in = folder();
  if (!in || room > settings_.maxBytes / kLargestShare || !takeRoom(*in, room)) {
    return nullptr;
  }
  std::string unfinished;
  {
    const std::lock_guard lock(mutex_);
    unfinished = unfinishedName(++writes_);
  }
  auto writer = std::make_unique<BlobWriter>(
      *this, in, unfinished, NewBlob{std::string(key), std::string(metadata), size});
  return writer->isGood_ ? std::move(writer) : nullptr;
}

std::uint64_t BlobCache::bytes() const {
  const std::lock_guard lock(mutex_);
  return index_.room() + reserved_;
}

/// The folder, created or reopened if possible.
std::shared_ptr<const BlobFolder> BlobCache::folder() {
  if (settings_.maxBytes == 0) {
    return nullptr;
  }
  std::string problem;
  std::shared_ptr<const BlobFolder> found;
  {
    const std::lock_guard lock(mutex_);
    problem = openFolderIfDue();
    found = folder_;
  }
  if (!problem.empty() && onProblem_) {
    onProblem_(problem);
  }
  return found;
}

/// Returns why it could not be opened, unless that was already reported.
std::string BlobCache::openFolderIfDue() {
  if (folder_ && folder_->isGone()) {
    folder_.reset();
    nextTry_ = {};
  }
  const auto now = std::chrono::steady_clock::now();
  if (folder_ || now < nextTry_) {
    return {};
  }
  nextTry_ = now + kPause;
  try {
    openFolder();
    hasTold_ = false;
    return {};
  } catch (const std::exception& error) {
    return std::exchange(hasTold_, true) ? "" : error.what();
  }
}

/// Lists the existing blobs, and evicts those beyond the limit.
void BlobCache::openFolder() {
  auto opened = std::make_shared<const BlobFolder>(settings_.directory / "blobs");
  index_.clear();
  open_.letGoAll();
  for (const BlobListing& blob : opened->list()) {
    index_.add(blob.name, blob.length, std::nullopt);
  }
  while (index_.room() + reserved_ > settings_.maxBytes) {
    const auto oldest = takeOldest();
    if (!oldest) {
      break;
    }
    opened->remove(*oldest);
  }
  folder_ = std::move(opened);
}

std::optional<std::string> BlobCache::takeOldest() {
  auto name = index_.takeOldest();
  if (name) {
    open_.letGo(*name);
  }
  return name;
}

/// Reserves `room`, evicting as many blobs as necessary.
bool BlobCache::takeRoom(const BlobFolder& from, std::uint64_t room) {
  const std::lock_guard lock(mutex_);
  while (index_.room() + reserved_ + room > settings_.maxBytes) {
    const auto oldest = takeOldest();
    if (!oldest) {
      return false;
    }
    from.remove(*oldest);
  }
  reserved_ += room;
  return true;
}

/// Renames the written file into place. From then on its space is counted by the index.
bool BlobCache::publish(const BlobWriter& writer) {
  const std::string name = nameOf(writer.blob_.key);
  const std::lock_guard lock(mutex_);
  if (folder_ != writer.folder_ || !folder_->rename(writer.unfinished_, name)) {
    return false;
  }
  // After the rename, which changes the file's ctime.
  index_.add(name, writer.length_, stampOf(writer.file_.get()));
  open_.letGo(name);
  reserved_ -= writer.room();
  return true;
}

void BlobCache::release(std::uint64_t room) {
  const std::lock_guard lock(mutex_);
  reserved_ -= room;
}

/// Removes a file that was found invalid, unless it has been replaced meanwhile.
void BlobCache::drop(const BlobFolder& from, const std::string& name,
                     const std::optional<FileStamp>& seen) {
  const std::lock_guard lock(mutex_);
  const auto opened = from.open(name);
  if ((opened ? std::optional(opened->stamp) : std::nullopt) == seen) {
    from.remove(name);
    index_.remove(name);
    open_.letGo(name);
  }
}

}  // namespace mediadock::cache
