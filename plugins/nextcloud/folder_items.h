#pragma once

/// \file
/// Telling the children of a folder from what else a listing of it holds.

#include "dav_urls.h"
#include "mediadock/entry.h"
#include "multistatus.h"

#include <string>
#include <variant>

namespace mediadock {

/// Whether an answer for `got` can be the one for `asked`: a server may keep names in another
/// Unicode form than they were asked for.
bool isSpellingOf(const StoragePath& got, const StoragePath& asked);

/// \throws StorageError `Protocol`: the answer is not about `path`.
[[noreturn]] void refuseForeignAnswer(const StoragePath& path);

/// One listing of one folder, item by item.
class FolderItems {
 public:
  /// A child; one sentence about what cannot be shown; or nothing, for the folder itself and for
  /// our temporary files.
  using Found = std::variant<std::monostate, Entry, std::string>;

  /// \param urls must outlive this.
  FolderItems(const DavUrls& urls, StoragePath folder);

  /// \throws StorageError `NotADirectory` where the item is the folder itself, and is none.
  Found take(DavItem& item);

  /// To be called behind the last item.
  /// \throws StorageError `Protocol` where the folder itself was not among them.
  void finish() const;

 private:
  Found place(Entry entry);

  const DavUrls& urls_;
  StoragePath folder_;
  bool isSelfSeen_ = false;
};

}  // namespace mediadock
