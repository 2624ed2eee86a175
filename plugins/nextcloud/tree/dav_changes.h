#pragma once

/// \file
/// Removes, moves and copies files and folders.

#include "dav/status_error.h"
#include "tree/dav_tree.h"
#include "tree/outcome.h"
#include "tree/path_locks.h"
#include "tree/recent_looks.h"

#include <functional>
#include <optional>

namespace mediadock::nextcloud {

/// If a response is lost, the state of source and target shows whether the change was made; if it
/// was not, or if it hit a lock, it is sent again. Holds only references: created for one call.
class DavChanges {
 public:
  DavChanges(DavTree tree, PathLocks& locks, RecentLooks& looks, const DavSettings& settings)
      : tree_(tree),
        locks_(locks),
        looks_(looks),
        settings_(settings) {}

  /// As `IStorageProvider::remove`. A folder that is filled between our check and the DELETE is
  /// deleted with its new content: WebDAV cannot remove a folder only if it is empty.
  void remove(const StoragePath& path, const RemoveOptions& options,
              const http_client::CallLimits& limits);

  Entry move(const StoragePath& from, const StoragePath& to, Overwrite overwrite,
             const http_client::CallLimits& limits);

  Entry copy(const StoragePath& from, const StoragePath& to, Overwrite overwrite,
             const http_client::CallLimits& limits);

 private:
  Entry relocate(DavCall call, const Entry& source, const StoragePath& to, Overwrite overwrite,
                 const http_client::CallLimits& limits);
  /// \throws StorageError `Locked` after a few attempts; `OutcomeUnknown` if `look` is
  ///   inconclusive.
  void carryOut(DavCall call, const Entry& source,
                const std::function<http_client::HttpResponse()>& send,
                const std::function<Outcome()>& look, const http_client::CallLimits& limits);
  /// The entry at `path`, possibly as seen a moment ago.
  /// \throws StorageError `NotFound`.
  Entry source(const StoragePath& path, const http_client::CallLimits& limits);
  Outcome lookAfter(DavCall call, const Entry& source, const StoragePath& to,
                    const std::optional<Entry>& before, const http_client::CallLimits& limits);
  /// The request target of the entry, with the slash that nginx requires for folders.
  std::string target(const Entry& entry) const;

  DavTree tree_;
  PathLocks& locks_;
  RecentLooks& looks_;
  const DavSettings& settings_;
};

}  // namespace mediadock::nextcloud
