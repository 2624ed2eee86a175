#pragma once

/// \file
/// Joins the records below a folder to its entries as they arrive, and finds the missing files.

#include "media/browsing/browse_request.h"
#include "records/record_store.h"

#include <cstddef>
#include <vector>

namespace mediadock::media {

/// Attaches the current record to each file in `items`, with one query for some hundred files.
void attachRecords(records::IRecordStore& store, std::vector<BrowseItem>& items);

/// Remembers, in a few bytes each, which records existed before the entries were listed. The
/// records themselves are read on demand. Not thread-safe.
class FolderRecords {
 public:
  /// Borrows both for its lifetime.
  FolderRecords(records::IRecordStore& store, const BrowseRequest& request);

  /// Marks the files of these items as existing, so that their records are not reported as missing.
  void claim(const std::vector<BrowseItem>& items);

  /// Call once all entries are known: replaces the contents of `items` with the next records whose
  /// file is missing, and returns false if there are no more. Considers only records that existed
  /// before the listing and still do: others were added, removed or moved meanwhile.
  /// \param unreachable folders that could not be listed; records below them are not reported.
  bool takeMissing(std::vector<BrowseItem>& items, const std::vector<StoragePath>& unreachable);

 private:
  /// Hashes instead of texts, since a folder may have as many records as files.
  struct Mark {
    std::size_t path;
    std::size_t id;
    bool isClaimed;
  };

  std::vector<records::MediaRecord> readPage(const StoragePath& after);
  Mark* find(const StoragePath& path);

  records::IRecordStore& store_;
  const BrowseRequest& request_;
  /// By path.
  std::vector<Mark> marks_;
  std::size_t unclaimed_ = 0;
  /// The last record that `takeMissing` has examined.
  StoragePath seen_;
};

}  // namespace mediadock::media
