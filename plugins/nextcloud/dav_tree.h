#pragma once

/// \file
/// Looking at a files tree, and making folders in it.

#include "dav_client.h"
#include "dav_entry.h"
#include "listing_stock.h"
#include "mediadock/storage_provider.h"
#include "paged_propfind.h"
#include "propfind.h"
#include "server_facts.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace mediadock {

/// Made for one call, or for one stream, which goes on with the facts that it began with.
class DavTree {
 public:
  DavTree(DavClient& client, std::shared_ptr<const ServerFacts> facts)
      : client_(client),
        facts_(std::move(facts)) {}

  /// Always a PROPFIND: what GET and HEAD say of folders cannot be relied on.
  std::optional<Entry> stat(const StoragePath& path, const CallLimits& limits);

  /// The same for our temporary names, too, which `stat` does not see.
  std::optional<Entry> look(const StoragePath& path, const CallLimits& limits);

  /// Whether listings name the versions of files. Looks at `file` where none was seen yet.
  bool hasEtags(const StoragePath& file, const CallLimits& limits);

  /// \throws StorageError `NotFound`.
  Entry require(const StoragePath& path, const CallLimits& limits);

  /// The page of at most `pageSize` children whose names follow the token's, out of `stock` where
  /// that has it. Else the folder is read as a whole, and what follows the page goes into `stock`.
  ListPage list(const StoragePath& path, const ListOptions& options, ListingStock& stock,
                const CallLimits& limits);

  /// The request for what the folder at `path` holds.
  PropfindRequest childrenOf(const StoragePath& path) const;

  /// For how many entries a page is to be asked; 0 where the server has no pages, or false ones.
  std::size_t pageEntries() const;

  /// From now on folders are listed all at once.
  void distrustPages() { *facts_->isPagingBroken = true; }

  /// Sends `propfind`. Returns false where no folder stands there, as some servers say it.
  bool openChildren(FolderPropfind& propfind, const CallLimits& limits) const;

  /// \throws StorageError `NotADirectory` where a file stands at `path`, else `NotFound`.
  [[noreturn]] void refuseNoFolder(const StoragePath& path, const CallLimits& limits);

  /// Whether the folder at `path` has no children, not even such as cannot be named here.
  bool isEmpty(const StoragePath& path, const CallLimits& limits);

  /// As `IStorageProvider::makeDirectory`.
  bool makeDirectory(const StoragePath& path, const CallLimits& limits);

  /// The closest ancestor that stands.
  /// \throws StorageError `NotADirectory` where it is a file.
  StoragePath nearestDirectory(const StoragePath& path, const CallLimits& limits);

  /// Sends a MOVE or COPY to `goal`, a request target.
  DavResponse exchangeTo(const std::string& goal, const DavRequest& request,
                         const CallLimits& limits);

  DavClient& client() const noexcept { return client_; }

  const ServerFacts& facts() const noexcept { return *facts_; }

 private:
  enum class Made { Yes, StoodAlready, NoParent };

  /// Without a slash behind it: Apache refuses one behind a file's address.
  std::string lookTarget(const StoragePath& path) const;
  bool ask(const StoragePath& path, Depth depth, const MultistatusParser::Sink& sink,
           const CallLimits& limits);
  bool saysAbsent(const StorageError& error) const;
  void readFolder(const StoragePath& path, ListingPage& page, const CallLimits& limits);
  static ListPage cut(const StoragePath& path, const ListOptions& options, ListingStock& stock,
                      ListingStock::Kept kept);
  Made makeOne(const StoragePath& path, const CallLimits& limits);

  DavClient& client_;
  std::shared_ptr<const ServerFacts> facts_;
};

}  // namespace mediadock
