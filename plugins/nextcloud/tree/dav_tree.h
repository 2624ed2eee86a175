#pragma once

/// \file
/// Reads entries of a file tree, and creates folders in it.

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

namespace mediadock::nextcloud {

/// Created for one call or stream, which uses the same facts throughout.
class DavTree {
 public:
  DavTree(DavClient& client, std::shared_ptr<const ServerFacts> facts)
      : client_(client),
        facts_(std::move(facts)) {}

  /// Always a PROPFIND: GET and HEAD are unreliable for folders.
  std::optional<Entry> stat(const StoragePath& path, const http_client::CallLimits& limits);

  /// As `stat`, but also finds our temporary names.
  std::optional<Entry> look(const StoragePath& path, const http_client::CallLimits& limits);

  /// Whether listings contain the etags of files. Looks at `file` if none was seen yet.
  bool hasEtags(const StoragePath& file, const http_client::CallLimits& limits);

  /// \throws StorageError `NotFound`.
  Entry require(const StoragePath& path, const http_client::CallLimits& limits);

  /// The PROPFIND request for the children of the folder at `path`.
  PropfindRequest childrenOf(const StoragePath& path) const;

  /// Whether `error` means that nothing exists at the path: Apache's response for a path through a
  /// file, and for the children of a file.
  bool saysAbsent(const StorageError& error) const;

  /// \throws StorageError `NotADirectory` if there is a file at `path`, otherwise `NotFound`.
  [[noreturn]] void refuseNoFolder(const StoragePath& path, const http_client::CallLimits& limits);

  /// The quota of the root.
  Quota quota(const http_client::CallLimits& limits);

  /// As `IStorageProvider::makeDirectory`.
  bool makeDirectory(const StoragePath& path, const http_client::CallLimits& limits);

  /// The closest existing ancestor.
  /// \throws StorageError `NotADirectory` if it is a file.
  StoragePath nearestDirectory(const StoragePath& path, const http_client::CallLimits& limits);

  /// Sends a MOVE or COPY to `goal`, a request target.
  http_client::HttpResponse exchangeTo(const std::string& goal,
                                       const http_client::HttpRequest& request,
                                       const http_client::CallLimits& limits);

  DavClient& client() const noexcept { return client_; }

  const ServerFacts& facts() const noexcept { return *facts_; }

 private:
  enum class Made { Yes, StoodAlready, NoParent };

  /// Without a trailing slash: Apache rejects one after the path of a file.
  std::string lookTarget(const StoragePath& path) const;
  bool ask(const StoragePath& path, Depth depth, const MultistatusParser::Sink& sink,
           const http_client::CallLimits& limits);
  Made makeOne(const StoragePath& path, const http_client::CallLimits& limits);

  DavClient& client_;
  std::shared_ptr<const ServerFacts> facts_;
};

}  // namespace mediadock::nextcloud
