#include "tree/paged_listing.h"

#include "mediadock/storage_error.h"
#include "tree/folder_items.h"
#include "tree/listing_page.h"

#include <string>
#include <utility>
#include <variant>

namespace mediadock::nextcloud {
namespace {

void readFolder(DavTree& tree, const StoragePath& path, ListingPage& page,
                const http_client::CallLimits& limits) {
  const auto readAll = [&](std::size_t count) {
    FolderItems items(tree.facts(), path);
    const auto take = [&](DavItem&& item) {
      auto found = items.take(item);
      if (auto* entry = std::get_if<Entry>(&found)) {
        page.add(std::move(*entry));
      } else if (auto* note = std::get_if<std::string>(&found)) {
        page.omit(std::move(*note));
      }
    };
    FolderPropfind propfind(tree.client(), tree.childrenOf(path), count, take);
    if (tree.facts().names.hides(path) || !openChildren(tree, propfind, limits)) {
      tree.refuseNoFolder(path, limits);
    }
    while (propfind.step(http_client::CallLimits::Clock::time_point::max(), limits)) {
    }
    if (propfind.isWhole()) {
      items.finish();
    }
    return propfind.isWhole();
  };
  if (!readAll(pageEntries(tree.facts()))) {
    // The entries of the pages arrive again now, and count once.
    tree.facts().distrustPages();
    page.startOver();
    readAll(0);
  }
}

/// Cuts the next page off `stocked`; the rest goes into `stock`.
ListPage cut(const StoragePath& path, const ListOptions& options, ListingStock& stock,
             ListingStock::Stocked stocked) {
  auto page = stocked.rest.take(options.pageSize);
  if (stocked.rest.size() > 0) {
    stock.keep(path, page.nextToken, std::move(stocked.rest), stocked.readAt);
  }
  return page;
}

}  // namespace

std::size_t pageEntries(const ServerFacts& facts) {
  return facts.hasPaging && !*facts.isPagingBroken ? kPagedPropfindCount : 0;
}

bool openChildren(const DavTree& tree, FolderPropfind& propfind,
                  const http_client::CallLimits& limits) {
  try {
    return propfind.open(limits);
  } catch (const StorageError& error) {
    if (!tree.saysAbsent(error)) {
      throw;
    }
    return false;
  }
}

ListPage listFolder(DavTree& tree, const StoragePath& path, const ListOptions& options,
                    ListingStock& stock, const http_client::CallLimits& limits) {
  if (auto stocked = stock.take(path, options.token, ListingStock::Clock::now());
      stocked && options.pageSize > 0) {
    return cut(path, options, stock, std::move(*stocked));
  }
  ListingStock::Stocked fresh{ListingPage(path, options, ListingStock::kEntries),
                              ListingStock::Clock::now()};
  readFolder(tree, path, fresh.rest, limits);
  return cut(path, options, stock, std::move(fresh));
}

bool isEmptyFolder(DavTree& tree, const StoragePath& path, const http_client::CallLimits& limits) {
  const ListOptions one{.pageSize = 1};
  ListingPage page(path, one, one.pageSize);
  readFolder(tree, path, page, limits);
  return page.isEmpty();
}

}  // namespace mediadock::nextcloud
