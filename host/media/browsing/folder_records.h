#pragma once

/// \file
/// The records below a folder, joined to its entries as these come.

#include "media/browsing/browse_request.h"
#include "records/record_store.h"

#include <cstddef>
#include <vector>

namespace mediadock {

/// Gives each file among `items` its record as it is now; some hundred in one query.
void attachRecords(IRecordStore& store, std::vector<BrowseItem>& items);

/// Knows which records were there before the entries, by some bytes for each. Records themselves
/// are read for the entries at hand. Belongs to one thread.
class FolderRecords {
 public:
  /// Borrows both for its lifetime.
  FolderRecords(IRecordStore& store, const BrowseRequest& request);

  /// The items' files are there, so their records do not lack them.
  void claim(const std::vector<BrowseItem>& items);

  /// To be called once all entries are known: puts records whose file is gone in place of what
  /// `items` holds, and returns false where there are no more. Only those that were there before
  /// the entries and are still there: others came, went or were moved meanwhile.
  /// \param unreachable folders of which nothing is known: what is recorded there is not missing.
  bool takeMissing(std::vector<BrowseItem>& items, const std::vector<StoragePath>& unreachable);

 private:
  /// Hashes, for a folder may have as many records as files.
  struct Mark {
    std::size_t path;
    std::size_t id;
    bool isClaimed;
  };

  std::vector<MediaRecord> readPage(const StoragePath& after);
  Mark* find(const StoragePath& path);

  IRecordStore& store_;
  const BrowseRequest& request_;
  /// By path.
  std::vector<Mark> marks_;
  std::size_t unclaimed_ = 0;
  /// The last record that `takeMissing` has seen.
  StoragePath seen_;
};

}  // namespace mediadock
