#include "media/browsing/folder_records.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <unordered_map>
#include <utility>

namespace mediadock::media {
namespace {

/// Records read at a time.
constexpr std::size_t kPage = 1000;
/// Paths in one query.
constexpr std::size_t kBatch = 500;

std::size_t hashOf(const std::string& text) {
  return std::hash<std::string>()(text);
}

bool isFile(const BrowseItem& item) {
  return !item.entry.isDirectory() && !item.isMissing;
}

void attachBatch(records::IRecordStore& store, const std::vector<BrowseItem*>& files) {
  std::vector<StoragePath> paths;
  std::unordered_map<StoragePath, BrowseItem*> byPath;
  for (BrowseItem* file : files) {
    paths.push_back(file->entry.path);
    byPath.emplace(file->entry.path, file);
  }
  for (auto& record : store.findAllAt(paths)) {
    const auto file = byPath.find(record.path);
    if (file != byPath.end()) {
      file->second->record = std::make_shared<const records::MediaRecord>(std::move(record));
    }
  }
}

BrowseItem missingItem(records::MediaRecord record) {
  Entry entry{.path = record.path,
              .size = record.size,
              .etag = record.etag,
              .contentType = record.mimeType};
  return {.entry = std::move(entry),
          .record = std::make_shared<const records::MediaRecord>(std::move(record)),
          .isMissing = true};
}

}  // namespace

void attachRecords(records::IRecordStore& store, std::vector<BrowseItem>& items) {
  std::vector<BrowseItem*> files;
  for (auto& item : items) {
    if (isFile(item)) {
      files.push_back(&item);
    }
    if (files.size() == kBatch) {
      attachBatch(store, files);
      files.clear();
    }
  }
  if (!files.empty()) {
    attachBatch(store, files);
  }
}

FolderRecords::FolderRecords(records::IRecordStore& store, const BrowseRequest& request)
    : store_(store),
      request_(request) {
  StoragePath last;
  for (auto page = readPage(last); !page.empty(); page = readPage(last)) {
    for (const auto& record : page) {
      marks_.push_back(
          {.path = hashOf(record.path.str()), .id = hashOf(record.id), .isClaimed = false});
    }
    last = page.back().path;
    if (page.size() < kPage) {
      break;
    }
  }
  std::sort(marks_.begin(), marks_.end(),
            [](const Mark& left, const Mark& right) { return left.path < right.path; });
  unclaimed_ = marks_.size();
}

void FolderRecords::claim(const std::vector<BrowseItem>& items) {
  for (const auto& item : items) {
    Mark* const mark = isFile(item) ? find(item.entry.path) : nullptr;
    if (mark != nullptr && !mark->isClaimed) {
      mark->isClaimed = true;
      --unclaimed_;
    }
  }
}

bool FolderRecords::takeMissing(std::vector<BrowseItem>& items,
                                const std::vector<StoragePath>& unreachable) {
  items.clear();
  while (unclaimed_ > 0 && items.empty()) {
    auto page = readPage(seen_);
    if (page.empty()) {
      return false;
    }
    seen_ = page.back().path;
    for (auto& record : page) {
      const Mark* const mark = find(record.path);
      const bool isUnknown = std::any_of(
          unreachable.begin(), unreachable.end(),
          [&record](const StoragePath& folder) { return record.path.isWithin(folder); });
      if (!isUnknown && mark != nullptr && !mark->isClaimed && mark->id == hashOf(record.id)) {
        items.push_back(missingItem(std::move(record)));
      }
    }
  }
  return !items.empty();
}

std::vector<records::MediaRecord> FolderRecords::readPage(const StoragePath& after) {
  return store_.findUnder(request_.folder, request_.depth, after, kPage);
}

FolderRecords::Mark* FolderRecords::find(const StoragePath& path) {
  const auto hash = hashOf(path.str());
  const auto found =
      std::lower_bound(marks_.begin(), marks_.end(), hash,
                       [](const Mark& mark, std::size_t wanted) { return mark.path < wanted; });
  return found != marks_.end() && found->path == hash ? &*found : nullptr;
}

}  // namespace mediadock::media
