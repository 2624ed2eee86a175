#include "media/browse_stream.h"

#include "media/file_name.h"
#include "media/renewed_context.h"
#include "mediadock/storage_error.h"

#include <deque>
#include <unordered_map>
#include <utility>

namespace mediadock {
namespace {

using Clock = std::chrono::steady_clock;

/// The records below a folder that no entry has claimed yet.
class UnclaimedRecords {
 public:
  UnclaimedRecords(IRecordStore& store, const BrowseRequest& request)
      : store_(store),
        request_(request),
        found_(read()) {}

  std::shared_ptr<const MediaRecord> claim(const Entry& entry) {
    const auto match = entry.isDirectory() ? found_.end() : found_.find(entry.path);
    return match == found_.end()
               ? nullptr
               : std::make_shared<const MediaRecord>(std::move(found_.extract(match).mapped()));
  }

  /// To be called once all entries are known. The records were read before the entries: those that
  /// are still there now lack their file, the others were removed or moved meanwhile.
  std::vector<BrowseItem> takeMissing() {
    std::vector<BrowseItem> items;
    if (found_.empty()) {
      return items;
    }
    const auto stillThere = read();
    for (auto& [path, record] : std::exchange(found_, {})) {
      const auto now = stillThere.find(path);
      if (now != stillThere.end() && now->second.id == record.id) {
        items.push_back(missingItem(std::move(record)));
      }
    }
    return items;
  }

 private:
  using ByPath = std::unordered_map<StoragePath, MediaRecord>;

  ByPath read() {
    ByPath found;
    for (auto& record : store_.findUnder(request_.folder, request_.depth)) {
      const auto path = record.path;
      found.emplace(path, std::move(record));
    }
    return found;
  }

  static BrowseItem missingItem(MediaRecord record) {
    Entry entry{.path = record.path,
                .size = record.size,
                .etag = record.etag,
                .contentType = record.mimeType};
    return {.entry = std::move(entry),
            .record = std::make_shared<const MediaRecord>(std::move(record)),
            .isMissing = true};
  }

  IRecordStore& store_;
  const BrowseRequest& request_;
  ByPath found_;
};

/// Level by level, for a listing of endless depth is refused by many servers and ruins others.
class BrowseStream final : public IBrowseStream {
 public:
  BrowseStream(IStorageProvider& provider, IRecordStore& records, const BrowseRequest& request,
               const CallContext& context)
      : provider_(provider),
        request_(request),
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
      items = records_->takeMissing();
      records_.reset();
      return false;
    }
    for (auto& entry : entries_) {
      add(std::move(entry), items);
    }
    return true;
  }

 private:
  struct Folder {
    StoragePath path;
    /// Of its entries.
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
      // A subfolder may vanish while its siblings are listed.
      if (!mayBeAbsent() || error.code() != StorageErrc::NotFound) {
        throw;
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
    listing_.reset();
    folders_.pop_front();
  }

  bool mayBeAbsent() const { return depth_ > 1 || request_.isAbsentEmpty; }

  void add(Entry&& entry, std::vector<BrowseItem>& items) {
    if (isReservedName(entry.path.name())) {
      return;
    }
    if (entry.isDirectory() && depth_ < request_.depth) {
      folders_.push_back({entry.path, depth_ + 1});
    }
    auto& item = items.emplace_back();
    item.record = records_ ? records_->claim(entry) : nullptr;
    item.entry = std::move(entry);
  }

  IStorageProvider& provider_;
  const BrowseRequest request_;
  const RenewedContext context_;
  std::optional<UnclaimedRecords> records_;
  /// To be read, the one at hand first.
  std::deque<Folder> folders_;
  /// Of its entries.
  std::size_t depth_ = 1;
  std::unique_ptr<IEntryStream> listing_;
  std::vector<Entry> entries_;
};

}  // namespace

std::unique_ptr<IBrowseStream> openBrowseStream(IStorageProvider& provider, IRecordStore& records,
                                                const BrowseRequest& request,
                                                const CallContext& context) {
  if (isReserved(request.folder)) {
    throw StorageError({.code = StorageErrc::NotFound,
                        .message = "no such folder",
                        .operation = "browse",
                        .path = request.folder.str()});
  }
  return std::make_unique<BrowseStream>(provider, records, request, context);
}

}  // namespace mediadock
