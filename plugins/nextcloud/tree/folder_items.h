#pragma once

/// \file
/// Separates the children of a folder from the other items of its listing.

#include "dav/multistatus.h"
#include "dav/server_facts.h"
#include "mediadock/entry.h"

#include <cstddef>
#include <string>
#include <variant>

namespace mediadock::nextcloud {

/// Whether a response for `got` may answer a request for `asked`: a server may store names in
/// another Unicode form than requested.
bool isSpellingOf(const StoragePath& got, const StoragePath& asked);

/// \throws StorageError always: `Protocol`, the response is not about `path`.
[[noreturn]] void refuseForeignAnswer(const StoragePath& path);

/// One listing of one folder, item by item.
class FolderItems {
 public:
  /// A child; or one sentence about a child that cannot be shown; or monostate for the folder
  /// itself, for our temporary files and for what disappeared meanwhile.
  using Found = std::variant<std::monostate, Entry, std::string>;

  /// \param facts learns from the items; must outlive this.
  FolderItems(const ServerFacts& facts, StoragePath folder);

  /// \throws StorageError if the item is the folder itself: `NotADirectory` if it is a file,
  ///   `Unavailable` if it is on an external storage that is down.
  Found take(DavItem& item);

  /// Call after the last item.
  /// \throws StorageError `Protocol` if the folder itself was not among the items.
  void finish() const;

  /// Number of children that cannot be shown.
  std::size_t omitted() const noexcept { return omitted_; }

 private:
  Found read(DavItem& item);
  Found place(Entry entry);

  const ServerFacts& facts_;
  StoragePath folder_;
  bool isSelfSeen_ = false;
  std::size_t omitted_ = 0;
};

}  // namespace mediadock::nextcloud
