#include "tree/dav_listing.h"

#include "http/annotate.h"
#include "mediadock/storage_error.h"
#include "tree/folder_items.h"
#include "tree/paged_listing.h"

#include <utility>

namespace mediadock::nextcloud {
namespace {

class DavListing final : public IEntryStream {
 public:
  DavListing(DavTree tree, const StoragePath& path, std::unique_ptr<http_client::CallLimits> limits)
      : tree_(std::move(tree)),
        path_(path),
        limits_(std::move(limits)),
        items_(tree_.facts(), path) {}

  /// \throws StorageError `NotFound`, `NotADirectory`.
  void open() {
    if (tree_.facts().names.hides(path_) || !ask(pageEntries(tree_.facts()))) {
      tree_.refuseNoFolder(path_, *limits_);
    }
    limits_->startStreaming();
  }

  bool next(std::vector<Entry>& entries, CallContext::Clock::time_point until) override {
    return http_client::annotated("list", path_, [&] {
      entries.clear();
      entries_ = &entries;
      do {
        if (!step(until)) {
          return false;
        }
      } while (entries.empty() && CallContext::Clock::now() < until);
      return true;
    });
  }

  std::size_t omitted() const override { return items_.omitted(); }

 private:
  bool ask(std::size_t count) {
    propfind_ = std::make_unique<FolderPropfind>(tree_.client(), tree_.childrenOf(path_), count,
                                                 [this](DavItem&& item) { take(item); });
    return openChildren(tree_, *propfind_, *limits_);
  }

  bool step(CallContext::Clock::time_point until) {
    if (propfind_->step(until, *limits_)) {
      return true;
    }
    if (propfind_->isWhole()) {
      items_.finish();
      return false;
    }
    askAgain();
    return true;
  }

  /// Lists without pages, as they were inconsistent.
  void askAgain() {
    tree_.facts().distrustPages();
    pages_ = std::move(propfind_);
    if (!ask(0)) {
      throw StorageError({.code = StorageErrc::Truncated,
                          .message = "the folder vanished while it was listed",
                          .retry = Retry::Safe});
    }
  }

  void take(DavItem& item) {
    if (pages_ && pages_->hasGiven(item.href)) {
      return;
    }
    auto found = items_.take(item);
    if (auto* entry = std::get_if<Entry>(&found)) {
      entries_->push_back(std::move(*entry));
    }
  }

  DavTree tree_;
  const StoragePath path_;
  /// Outlives the requests, which may be waiting on it.
  std::unique_ptr<http_client::CallLimits> limits_;
  FolderItems items_;
  std::unique_ptr<FolderPropfind> propfind_;
  /// The inconsistent pages, whose entries are not delivered again.
  std::unique_ptr<FolderPropfind> pages_;
  /// Where to store incoming entries.
  std::vector<Entry>* entries_ = nullptr;
};

}  // namespace

std::unique_ptr<IEntryStream> openFolder(DavTree tree, const StoragePath& path,
                                         std::unique_ptr<http_client::CallLimits> limits) {
  auto listing = std::make_unique<DavListing>(std::move(tree), path, std::move(limits));
  listing->open();
  return listing;
}

}  // namespace mediadock::nextcloud
