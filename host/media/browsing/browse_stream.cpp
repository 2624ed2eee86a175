#include "media/browsing/browse_stream.h"

#include "media/browsing/folder_records.h"
#include "media/rules/file_name.h"
#include "mediadock/storage_error.h"
#include "storage/calls/per_call_deadline.h"

#include <chrono>
#include <deque>
#include <optional>
#include <utility>

namespace mediadock::media {
namespace {

using Clock = std::chrono::steady_clock;

/// Walks level by level, because many servers refuse a listing of infinite depth, and it overloads
/// others.
class BrowseStream final : public IBrowseStream {
 public:
  BrowseStream(IStorageProvider& provider, records::IRecordStore& records,
               const BrowseRequest& request, Join join, const CallContext& context)
      : provider_(provider),
        store_(records),
        request_(request),
        join_(join),
        context_(context) {
    if (request_.includeMedia) {
      records_.emplace(records, request_);
    }
    folders_.push_back({request_.folder, 1});
  }

  bool next(std::vector<BrowseItem>& items, Clock::time_point until) override {
    items.clear();
    if (!step(until)) {
      if (!records_) {
        return false;
      }
      return records_->takeMissing(items, unreachable_);
    }
    for (auto& entry : entries_) {
      add(std::move(entry), items);
    }
    if (records_) {
      records_->claim(items);
    }
    if (records_ && join_ == Join::Now) {
      attachRecords(store_, items);
    }
    return true;
  }

  std::size_t omitted() const override {
    return omitted_ + unreachable_.size() + (listing_ ? listing_->omitted() : 0);
  }

 private:
  struct Folder {
    StoragePath path;
    /// Depth of its entries.
    std::size_t depth;
  };

  /// Returns false once all folders are read.
  bool step(Clock::time_point until) {
    entries_.clear();
    try {
      if (!listing_ && !openNext()) {
        return false;
      }
      if (!listing_->next(entries_, until)) {
        endFolder();
      }
      return true;
    } catch (const StorageError& error) {
      // A subfolder may be removed while its siblings are listed.
      const bool isAbsent = mayBeAbsent() && error.code() == StorageErrc::NotFound;
      if (!isAbsent && !isUnreachable(error)) {
        throw;
      }
      if (!isAbsent) {
        unreachable_.push_back(folders_.front().path);
      }
      entries_.clear();
      endFolder();
      return true;
    }
  }

  bool openNext() {
    if (folders_.empty()) {
      return false;
    }
    depth_ = folders_.front().depth;
    listing_ = provider_.openList(folders_.front().path, context_.now());
    return true;
  }

  void endFolder() {
    omitted_ += listing_ ? listing_->omitted() : 0;
    listing_.reset();
    folders_.pop_front();
  }

  /// Whether only this subfolder is unavailable: a folder that contains mounts may have one that is
  /// down while its siblings are not.
  bool isUnreachable(const StorageError& error) const {
    return depth_ > 1 && error.code() == StorageErrc::Unavailable &&
           error.failure().retry == Retry::Never;
  }

  bool mayBeAbsent() const { return depth_ > 1 || request_.isAbsentEmpty; }

  void add(Entry&& entry, std::vector<BrowseItem>& items) {
    if (isReservedName(entry.path.name())) {
      return;
    }
    if (entry.isDirectory() && depth_ < request_.depth) {
      folders_.push_back({entry.path, depth_ + 1});
    }
    items.emplace_back().entry = std::move(entry);
  }

  IStorageProvider& provider_;
  records::IRecordStore& store_;
  const BrowseRequest request_;
  const Join join_;
  const storage::PerCallDeadline context_;
  std::optional<FolderRecords> records_;
  /// Folders to read, the current one first.
  std::deque<Folder> folders_;
  /// Depth of the current folder's entries.
  std::size_t depth_ = 1;
  std::unique_ptr<IEntryStream> listing_;
  std::vector<Entry> entries_;
  std::vector<StoragePath> unreachable_;
  /// Of the folders already read.
  std::size_t omitted_ = 0;
};

}  // namespace

std::unique_ptr<IBrowseStream> openBrowseStream(IStorageProvider& provider,
                                                records::IRecordStore& records,
                                                const BrowseRequest& request, Join join,
                                                const CallContext& context) {
  if (isReserved(request.folder)) {
    throw StorageError({.code = StorageErrc::NotFound,
                        .message = "no such folder",
                        .operation = "browse",
                        .path = request.folder.str()});
  }
  return std::make_unique<BrowseStream>(provider, records, request, join, context);
}

}  // namespace mediadock::media
