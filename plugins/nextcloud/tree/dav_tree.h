#pragma once

/// \file
/// Looking at a files tree, and making folders in it.

#include "dav/dav_client.h"
#include "dav/dav_entry.h"
#include "dav/propfind.h"
#include "dav/server_facts.h"
#include "mediadock/storage_error.h"
#include "mediadock/storage_provider.h"

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

  /// The request for what the folder at `path` holds.
  PropfindRequest childrenOf(const StoragePath& path) const;

  /// Whether a request failed with `error` as nothing that it could be about stands there: Apache's
  /// word for a path that leads through a file, and for the children of one.
  bool saysAbsent(const StorageError& error) const;

  /// \throws StorageError `NotADirectory` where a file stands at `path`, else `NotFound`.
  [[noreturn]] void refuseNoFolder(const StoragePath& path, const CallLimits& limits);

  /// What is used and free for the root.
  Quota quota(const CallLimits& limits);

  /// As `IStorageProvider::makeDirectory`.
  bool makeDirectory(const StoragePath& path, const CallLimits& limits);

  /// The closest ancestor that stands.
  /// \throws StorageError `NotADirectory` where it is a file.
  StoragePath nearestDirectory(const StoragePath& path, const CallLimits& limits);

  /// Sends a MOVE or COPY to `goal`, a request target.
  HttpResponse exchangeTo(const std::string& goal, const HttpRequest& request,
                          const CallLimits& limits);

  DavClient& client() const noexcept { return client_; }

  const ServerFacts& facts() const noexcept { return *facts_; }

 private:
  enum class Made { Yes, StoodAlready, NoParent };

  /// Without a slash behind it: Apache refuses one behind a file's address.
  std::string lookTarget(const StoragePath& path) const;
  bool ask(const StoragePath& path, Depth depth, const MultistatusParser::Sink& sink,
           const CallLimits& limits);
  Made makeOne(const StoragePath& path, const CallLimits& limits);

  DavClient& client_;
  std::shared_ptr<const ServerFacts> facts_;
};

}  // namespace mediadock
