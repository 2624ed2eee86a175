#pragma once

/// \file
/// Telling the children of a folder from what else a listing of it holds.

#include "dav/multistatus.h"
#include "dav/server_facts.h"
#include "mediadock/entry.h"

#include <cstddef>
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
  /// A child; one sentence about one that cannot be shown; or nothing, for the folder itself, for
  /// our temporary files and for what vanished meanwhile.
  using Found = std::variant<std::monostate, Entry, std::string>;

  /// \param facts learn from the items; they must outlive this.
  FolderItems(const ServerFacts& facts, StoragePath folder);

  /// \throws StorageError where the item is the folder itself: `NotADirectory` where it is none,
  ///   `Unavailable` where it stands for a storage that is down.
  Found take(DavItem& item);

  /// To be called behind the last item.
  /// \throws StorageError `Protocol` where the folder itself was not among them.
  void finish() const;

  /// How many sentences there were: so much is in the folder and cannot be shown.
  std::size_t omitted() const noexcept { return omitted_; }

 private:
  Found read(DavItem& item);
  Found place(Entry entry);

  const ServerFacts& facts_;
  StoragePath folder_;
  bool isSelfSeen_ = false;
  std::size_t omitted_ = 0;
};

}  // namespace mediadock
