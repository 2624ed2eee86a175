#pragma once

/// \file
/// Removing, moving and copying what stands.

#include "dav/status_error.h"
#include "tree/dav_tree.h"
#include "tree/outcome.h"
#include "tree/path_locks.h"
#include "tree/recent_looks.h"

#include <functional>
#include <optional>

namespace mediadock {

/// Where an answer is lost, what stands at both ends tells what became of the change; one that was
/// not done is sent again, as is one that met a lock. Holds references only: made for one call.
class DavChanges {
 public:
  DavChanges(DavTree tree, PathLocks& locks, RecentLooks& looks, const DavSettings& settings)
      : tree_(tree),
        locks_(locks),
        looks_(looks),
        settings_(settings) {}

  /// As `IStorageProvider::remove`. A folder that is filled between our look and the DELETE goes
  /// with what came: WebDAV has no removal of an empty folder only.
  void remove(const StoragePath& path, const RemoveOptions& options, const CallLimits& limits);

  Entry move(const StoragePath& from, const StoragePath& to, Overwrite overwrite,
             const CallLimits& limits);

  Entry copy(const StoragePath& from, const StoragePath& to, Overwrite overwrite,
             const CallLimits& limits);

 private:
  Entry relocate(DavCall call, const Entry& source, const StoragePath& to, Overwrite overwrite,
                 const CallLimits& limits);
  /// \throws StorageError `Locked` after a few attempts; `OutcomeUnknown` where `look` cannot tell.
  void carryOut(DavCall call, const Entry& source, const std::function<HttpResponse()>& send,
                const std::function<Outcome()>& look, const CallLimits& limits);
  /// What stands at `path`, as far as it was seen a moment ago.
  /// \throws StorageError `NotFound`.
  Entry source(const StoragePath& path, const CallLimits& limits);
  Outcome lookAfter(DavCall call, const Entry& source, const StoragePath& to,
                    const std::optional<Entry>& before, const CallLimits& limits);
  /// Of the folder or file, with the slash that nginx wants.
  std::string target(const Entry& entry) const;

  DavTree tree_;
  PathLocks& locks_;
  RecentLooks& looks_;
  const DavSettings& settings_;
};

}  // namespace mediadock
