#include "cache/blob_writer.h"

#include "cache/blob_cache.h"
#include "cache/blob_file.h"
#include "cache/blob_folder.h"

#include <utility>

namespace mediadock::cache {

BlobWriter::BlobWriter(BlobCache& cache, std::shared_ptr<const BlobFolder> folder,
                       std::string unfinished, NewBlob blob)
    : cache_(cache),
      folder_(std::move(folder)),
      unfinished_(std::move(unfinished)),
      blob_(std::move(blob)),
      length_(blobFileLength(blob_.key, blob_.metadata, blob_.size)),
      file_(folder_->create(unfinished_)),
      isGood_(static_cast<bool>(file_)) {}

BlobWriter::~BlobWriter() {
  if (isCommitted_) {
    return;
  }
  if (file_) {
    folder_->remove(unfinished_);
  }
  cache_.release(room());
}

bool BlobWriter::write(std::span<const std::byte> bytes) {
  isGood_ = isGood_ && bytes.size() <= blob_.size - written_ &&
            writeAt(file_.get(), length_ - blob_.size + written_, bytes);
  if (isGood_) {
    written_ += bytes.size();
    sum_.add(bytes);
  }
  return isGood_;
}

bool BlobWriter::commit() {
  if (!isGood_ || isCommitted_ || written_ != blob_.size) {
    return false;
  }
  const std::string head = blobHead(blob_.key, blob_.metadata, blob_.size, sum_.value());
  isGood_ = writeAt(file_.get(), 0, std::as_bytes(std::span(head)));
  isCommitted_ = isGood_ && cache_.publish(*this);
  return isCommitted_;
}

std::uint64_t BlobWriter::room() const noexcept {
  return BlobIndex::roomFor(length_);
}

}  // namespace mediadock::cache
